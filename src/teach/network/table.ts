/** The table of a network: its layers, the closed form of every gradient, and on request every cell. */
import { BackproofError } from '../../error.js';
import type { IndexStyle } from '../names.js';
import { indexStyle } from '../options.js';
import { settingText } from '../render/reading.js';
import { writtenParams } from '../written-params.js';
import { networkNames } from './cell-names.js';
import { forwardCells, gradientCells, substitutedCells } from './cells.js';
import { checkNetwork } from './check.js';
import { networkClosedForms } from './closed-forms.js';
import { cellReads, multiplyAdds, newParameters, parameterCount } from './count.js';
import { type Network, outputOf } from './network.js';
import { type LayerRow, type NetworkSection, type NetworkTable, networkSections } from './network-table.js';

export interface NetworkTableOptions {
  /** By default the layers and the closed forms; the others need every cell. */
  readonly of?: readonly NetworkSection[] | undefined;
  readonly index?: IndexStyle | undefined;
}

/** Cells read in one forward pass; beyond it the equations would fill a book. */
const READS_CAP = 20_000;

/**
 * Everything exact: cells come from the definitions (the gradients of a layer with several steps, such as a
 * normalisation, from its claims, which are then proved at these shapes first); closed forms are the records' claims
 * with the network's names.
 * @throws BackproofError `unknown-section`, `unknown-index-style`, `network-too-large` where cells are asked for.
 */
export async function networkTable(
  network: Network,
  options: NetworkTableOptions = {},
): Promise<NetworkTable> {
  const sections = chosenSections(options.of ?? ['layers', 'closed-forms']);
  const style = indexStyle(options);
  const wantsCells = sections.some(one => one !== 'layers' && one !== 'closed-forms');
  if (wantsCells) refuseTooLarge(network);
  const check = sections.includes('check') ? await checkNetwork(network) : undefined;
  const rows = network.layers.map((_, k) => layerRow(network, k));
  const total = (count: (row: LayerRow) => number) => rows.reduce((sum, row) => sum + count(row), 0);
  return {
    formatVersion: 1,
    op: 'network',
    input: network.input,
    output: outputOf(network),
    loss: network.loss,
    tensors: [...network.tensors.values()].map(({ name, kind, shape }) => ({ name, kind, shape })),
    layers: rows,
    totals: {
      parameters: total(row => row.parameters),
      multiplyAdds: total(row => row.multiplyAdds),
    },
    closedForms: networkClosedForms(network),
    ...(check && { check }),
    cells: chosenCells(network, sections, style),
    sections,
  };
}

function layerRow(network: Network, k: number): LayerRow {
  const layer = network.layers[k]!;
  const { operator, call, given, reads, name } = layer;
  const settings = given.map(key => `${key}=${settingText(call.params[key]!)}`);
  return {
    name,
    op: operator.name,
    reads,
    params: writtenParams(operator, call),
    text: `${operator.name}(${[...Object.values(reads), ...settings].join(', ')})`,
    output: call.output,
    brings: newParameters(network, k),
    parameters: parameterCount(network, k),
    multiplyAdds: multiplyAdds(layer),
  };
}

function chosenCells(network: Network, sections: readonly NetworkSection[], style: IndexStyle) {
  const makers = { forward: forwardCells, gradients: gradientCells, substituted: substitutedCells } as const;
  const wanted = (['forward', 'gradients', 'substituted'] as const).filter(one => sections.includes(one));
  if (wanted.length === 0) return [];
  const names = networkNames(network, style);
  try {
    return wanted.flatMap(section => makers[section](network, names));
  } catch (error) {
    if (!(error instanceof BackproofError) || error.code !== 'expression-too-large') throw error;
    throw tooLarge(`an equation of ${error.got} than that`, 'Use smaller extents, or leave out substituted.');
  }
}

/** @throws BackproofError `network-too-large`. */
function refuseTooLarge({ layers }: Network): void {
  const count = layers.reduce((sum, layer) => sum + cellReads(layer), 0);
  if (count > READS_CAP) throw tooLarge(`${count} cells read in one forward pass`, 'Use smaller extents.');
}

/** @throws BackproofError `unknown-section`. */
function chosenSections(asked: readonly NetworkSection[]): readonly NetworkSection[] {
  const stranger = asked.find(one => !networkSections.includes(one));
  if (stranger === undefined && asked.length > 0) return networkSections.filter(one => asked.includes(one));
  throw new BackproofError({
    code: 'unknown-section',
    where: 'of',
    what: 'the table of a network has no such part',
    expected: networkSections.join(', '),
    got: stranger ?? 'nothing',
    fix: 'Name one or more of these.',
    data: { of: [...asked] },
  });
}

function tooLarge(got: string, fix: string): BackproofError {
  return new BackproofError({
    code: 'network-too-large',
    where: 'network',
    what: 'the network is too large to be written out cell by cell',
    expected: `at most ${READS_CAP} cells read in one forward pass, and equations of 200000 characters`,
    got,
    fix: `${fix} The layers and the closed forms have no limit.`,
  });
}
