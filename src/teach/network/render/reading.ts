/** A network's table as its readers see it: rows of layers, and headed lists of equations. */
import type { Shape } from '../../../tensor/index.js';
import { derivative } from '../../names.js';
import type { NetworkCell, NetworkTable } from '../network-table.js';

/** Equations of one tensor. */
export interface EquationGroup {
  readonly title: string;
  readonly cells: readonly NetworkCell[];
}

export interface NetworkPart {
  readonly of: NetworkCell['of'];
  readonly title: string;
  readonly groups: readonly EquationGroup[];
}

const extents = (shape: Shape): string => shape.join('x') || 'one number';

export const networkTitle = ({ layers }: NetworkTable): string =>
  `Network of ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`;

/** "Input X 1x3x8x8, output A5 1x10. L is any function of A5; dL/dA5 is given." */
export function networkSummary({ tensors, input, output, loss }: NetworkTable): string {
  const shaped = (name: string) => `${name} ${extents(tensors.find(one => one.name === name)!.shape)}`;
  const end =
    loss === output
      ? `${loss} is the loss.`
      : `${loss} is any function of ${output}; ${derivative(loss, output)} is given.`;
  return `Input ${shaped(input)}, output ${shaped(output)}. ${end}`;
}

export const layerHead = ['layer', 'computes', 'output', 'parameters', 'count', 'multiply-adds'] as const;

/** One row per layer, then the totals. */
export function layerRows({ layers, tensors, totals }: NetworkTable): string[][] {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, extents(shape)]));
  const rows = layers.map(layer => [
    layer.name,
    layer.text,
    extents(layer.output),
    layer.brings.map(name => `${name} ${shapes.get(name)}`).join(', '),
    grouped(layer.parameters),
    grouped(layer.multiplyAdds),
  ]);
  return [...rows, ['total', '', '', '', grouped(totals.parameters), grouped(totals.multiplyAdds)]];
}

/** 118,013,952 */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** The cells that were asked for, tensor by tensor. */
export function networkParts(table: NetworkTable): NetworkPart[] {
  const titles = {
    forward: 'Forward pass',
    gradients: 'Gradients, through the layers that read each tensor',
    substituted: 'Everything put in',
  } as const;
  return (['forward', 'gradients', 'substituted'] as const).flatMap(of => {
    const groups = groupsOf(table, of);
    return groups.length === 0 ? [] : [{ of, title: titles[of], groups }];
  });
}

function groupsOf(table: NetworkTable, of: NetworkCell['of']): EquationGroup[] {
  const groups = new Map<string, NetworkCell[]>();
  for (const cell of table.cells) {
    if (cell.of !== of) continue;
    const known = groups.get(cell.tensor);
    if (known) known.push(cell);
    else groups.set(cell.tensor, [cell]);
  }
  return [...groups].map(([tensor, cells]) => ({ title: groupTitle(table, of, tensor), cells }));
}

/** A1 = conv2d(X, W1), and dL/dA1, because A2 = relu(A1). */
function groupTitle({ layers, loss, output }: NetworkTable, of: NetworkCell['of'], tensor: string): string {
  const equation = ({ name, text }: (typeof layers)[number]) => `${name} = ${text}`;
  if (of === 'forward') return equation(layers.find(({ name }) => name === tensor)!);
  if (of === 'substituted') return tensor === output ? tensor : derivative(loss, tensor);
  const readers = layers.filter(({ reads }) => Object.values(reads).includes(tensor));
  return `${derivative(loss, tensor)}, from ${readers.map(equation).join(' and ')}`;
}

/** What the comparison of the closed forms with the derivative of the whole network has shown. */
export function checkLines({ check, loss }: NetworkTable): string[] {
  if (!check) return [];
  const { rung, points, agree, differ, unchecked } = check;
  const list = (tensors: readonly string[]) => tensors.map(tensor => derivative(loss, tensor)).join(', ');
  const where = {
    'one-shape': 'for all values at these shapes',
    exact: `exactly, at ${points} random points`,
    sampled: `to 40 digits, at ${points} random points`,
  }[rung];
  const whole = 'the derivative of the whole network';
  return [
    ...(agree.length > 0 ? [`The closed forms put together are ${whole}, ${where}: ${list(agree)}.`] : []),
    ...(differ.length > 0
      ? [`The closed forms put together are NOT ${whole}: ${list(differ.map(({ tensor }) => tensor))}.`]
      : []),
    ...(unchecked.length > 0 ? [`Not checked: ${list(unchecked)}.`] : []),
  ];
}

/** What signs mean that not everybody knows, where they occur. */
export function networkNotes({ cells, closedForms, sections }: NetworkTable): string[] {
  const forms = sections.includes('closed-forms') ? closedForms.map(({ text }) => text) : [];
  const texts = [...forms, ...cells.map(({ plain }) => plain)];
  const says = (sign: RegExp) => texts.some(text => sign.test(text));
  return [
    ...(says(/select\(/) ? ['select(c, a, b) is a where c >= 0, and b elsewhere.'] : []),
    ...(says(/\[[^\]]* (?:[<>]=?|=) /) ? ['A bracket is 1 where its condition holds, and 0 elsewhere.'] : []),
    ...(cells.some(({ plain }) => / = /.test(plain)) ? ['Of several largest cells the first is taken.'] : []),
    ...(says(/\bselection\[/)
      ? [
          'selection is 1 for the cell that a maximum takes from its window (the first of equal ones), and 0 for the others.',
        ]
      : []),
  ];
}
