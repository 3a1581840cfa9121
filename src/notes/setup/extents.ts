/** The shapes of a fit: the forward equations decide, other mentions of the cells extend what the fit leaves open. */
import { type Fit, largest } from './fit.js';
import type { Group } from './group.js';
import type { Mention, Mentions } from './mentions.js';
import { type Coordinates, coordinates, type Reading, type Widths } from './observed.js';

export interface Shapes {
  readonly input: Coordinates;
  readonly output: Coordinates;
  readonly after: Coordinates;
  /** Mentions of cells in other equations that these shapes have. */
  readonly explained: number;
}

/** Null where no padding behind the input gives that output. */
export function shapesOf(fit: Fit, group: Group, mentions: Mentions): Shapes | null {
  const { reading, kernel, inputShape, outputShape } = fit;
  const inputs = cellsOf(mentions.get(group.operands[1 - kernel]!) ?? [], reading, 'input');
  const outputs = cellsOf(mentions.get(group.output) ?? [], reading, 'output');
  const axes = inputShape.map((seen, axis) => {
    const rows = reading.widths !== null && axis === 1;
    const span = { input: seen, output: outputShape[axis]! };
    if (rows) return axisShape(fit, axis, span, { ...span, last: 0 });
    return axisShape(fit, axis, span, {
      input: supported(inputs, axis, seen),
      output: supported(outputs, axis, span.output),
      last: largest(inputs.map(cell => cell[axis]!)) + 1,
    });
  });
  if (axes.some(shape => shape === null)) return null;
  const known = axes.filter(shape => shape !== null);
  const [input, output] = [known.map(shape => shape.input), known.map(shape => shape.output)];
  const inside = (cells: readonly Coordinates[], shape: Coordinates) =>
    cells.filter(cell => cell.every((index, axis) => index < shape[axis]!)).length;
  const kernels = cellsOf(mentions.get(group.operands[kernel]) ?? [], reading, 'kernel');
  const explained = inside(inputs, input) + inside(outputs, output) + inside(kernels, fit.kernelShape);
  // Rows of a running index end where cells end: a last row that nobody wrote to its end was no row.
  const isLast = (cell: Coordinates) => cell.every((index, axis) => index === output[axis]! - 1);
  const whole = reading.widths === null || fit.cornerSeen || outputs.some(isLast);
  if (!whole) return null;
  return { input, output, after: known.map(shape => shape.after), explained };
}

function cellsOf(mentions: readonly Mention[], reading: Reading, role: keyof Widths): Coordinates[] {
  return mentions.flatMap(({ subscript }) => {
    const cell = coordinates(subscript, reading, role);
    return cell === null ? [] : [cell];
  });
}

/** One stray index extends nothing: each further place must be mentioned twice. */
function supported(cells: readonly Coordinates[], axis: number, seen: number): number {
  const counts = new Map<number, number>();
  for (const cell of cells) counts.set(cell[axis]!, (counts.get(cell[axis]!) ?? 0) + 1);
  let extent = seen;
  while ((counts.get(extent) ?? 0) >= 2) extent += 1;
  return extent;
}

interface Span {
  readonly input: number;
  readonly output: number;
}

/** What other equations mention: enough to extend the shapes, and the last input cell of all. */
interface Wanted extends Span {
  readonly last: number;
}

function axisShape(fit: Fit, axis: number, seen: Span, wanted: Wanted): (Span & { after: number }) | null {
  const { step, stride } = fit.axes[axis]!;
  const before = fit.before[axis]!;
  const window = Math.abs(step) * (fit.kernelShape[axis]! - 1) + 1;
  const cut = fit.cutAtEnd[axis]!;
  const fixed = cut || (fit.reading.widths !== null && axis === 1);
  // An input as long as the last window; a line that lost its last terms has shown less.
  const uncut = (outputs: number) => stride * (outputs - 1) + window - before;
  // No equation that holds shows the end, and nobody mentions the cell where it would be.
  if (!fixed && Math.max(seen.input, wanted.last) < uncut(seen.output)) return null;
  const shown = fixed ? seen.input : Math.max(seen.input, uncut(seen.output));
  const available = fixed ? shown : Math.max(shown, wanted.input);
  const reachable = Math.floor((available + before + (cut ? window - 1 : before) - window) / stride) + 1;
  const output = Math.max(seen.output, Math.min(wanted.output, reachable));
  // Without padding behind, the input may be this long before there would be one more output.
  const longest = uncut(output) + stride - 1;
  const input = Math.max(shown, Math.min(available, longest));
  const least = Math.max(0, uncut(output) - input);
  const most = longest - input;
  // No equation that holds shows zeros behind the input: where its last window is spoilt, its end is unknown.
  if (most < least || (!cut && least > 0)) return null;
  return { input, output, after: before >= least && before <= most ? before : least };
}
