/**
 * What the library offers beyond its core. It is one module, loaded when it is first asked for: importing the package
 * stays quick, and the core stays in one file.
 */
import type { GateCallOptions, GateKernel, GateReport } from './gate/index.js';
import type { CheckOptions, FileReport } from './notes/index.js';
import type { Operator } from './ops/index.js';
import type { AllShapesOptions } from './proof/all-shapes.js';
import type { AllShapesReport } from './proof/index.js';
import type { TableFormat } from './teach/index.js';
import type {
  Network,
  NetworkCheck,
  NetworkLayer,
  NetworkTable,
  NetworkTableOptions,
} from './teach/networks.js';
import type { Shape } from './tensor/index.js';

const later = () => import('./later.js');

/**
 * Every equation of a hand derivation with exactly one verdict: correct or wrong where shown for all values at the
 * setup's shape, else unchecked with a reason.
 * @throws BackproofError for a malformed directive, with line and column in its data.
 * @example (await checkDerivation(text, { format: 'markdown', path: 'notes.md' })).summary.wrong
 */
export async function checkDerivation(text: string, options: CheckOptions): Promise<FileReport> {
  return (await later()).checkDerivation(text, options);
}

/** As in proof/all-shapes.ts. */
export async function proveForAllShapes(
  operator: Operator | string,
  options: AllShapesOptions = {},
): Promise<AllShapesReport[]> {
  return (await later()).proveForAllShapes(operator, options);
}

/**
 * Checks a certificate, or a JSON array of them, with the trusted checker alone: each is PROVED or REJECTED.
 * @throws BackproofError `certificate-unreadable`, `certificate-too-large` if the text is no JSON.
 */
export async function checkCertificate(text: string): Promise<AllShapesReport[]> {
  return (await later()).certified(text);
}

/** As in teach/network/build.ts. */
export async function network(
  layers: readonly NetworkLayer[],
  input: { readonly name: string; readonly shape: Shape },
  loss?: string,
): Promise<Network> {
  return (await later()).network(layers, input, loss);
}

/** As in teach/network/table.ts. */
export async function networkTable(made: Network, options?: NetworkTableOptions): Promise<NetworkTable> {
  return (await later()).networkTable(made, options);
}

/** As in teach/network/check.ts. */
export async function checkNetwork(made: Network): Promise<NetworkCheck> {
  return (await later()).checkNetwork(made);
}

/** As in teach/network/render/render.ts. */
export async function renderNetwork(table: NetworkTable, format: TableFormat): Promise<string> {
  return (await later()).renderNetwork(table, format);
}

/** As in gate/library/gate.ts. */
export async function gate(kernel: GateKernel, options?: GateCallOptions): Promise<GateReport> {
  return (await later()).gate(kernel, options);
}

/** As in gate/library/assert.ts. */
export async function assertGradient(
  kernel: GateKernel,
  operator: string,
  options?: Omit<GateCallOptions, 'ops'>,
): Promise<GateReport> {
  return (await later()).assertGradient(kernel, operator, options);
}
