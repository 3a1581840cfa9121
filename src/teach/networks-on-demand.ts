/** Networks as the library offers them: loaded when they are first asked for, so that importing the package stays quick. */

import type { Shape } from '../tensor/index.js';
import type { Network, NetworkCheck, NetworkLayer, NetworkTable, NetworkTableOptions } from './networks.js';
import type { TableFormat } from './render/render.js';

/** As in network/build.ts. */
export async function network(
  layers: readonly NetworkLayer[],
  input: { readonly name: string; readonly shape: Shape },
  loss?: string,
): Promise<Network> {
  const { network: made } = await import('./networks.js');
  return made(layers, input, loss);
}

/** As in network/table.ts. */
export async function networkTable(made: Network, options?: NetworkTableOptions): Promise<NetworkTable> {
  const { networkTable: table } = await import('./networks.js');
  return table(made, options);
}

/** As in network/check.ts. */
export async function checkNetwork(made: Network): Promise<NetworkCheck> {
  const { checkNetwork: check } = await import('./networks.js');
  return check(made);
}

/** As in network/render/render.ts. */
export async function renderNetwork(table: NetworkTable, format: TableFormat): Promise<string> {
  const { renderNetwork: render } = await import('./networks.js');
  return render(table, format);
}
