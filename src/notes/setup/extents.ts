/** The shapes of a fit: the forward equations decide, other mentions of the cells extend what the fit leaves open. */
import type { Fit } from './fit.js';
import type { Group } from './group.js';
import type { Mention, Mentions } from './mentions.js';
import { type Coordinates, coordinates, type Reading, type Widths } from './observed.js';

export interface Shapes {
  readonly input: Coordinates;
  readonly output: Coordinates;
  readonly after: Coordinates;
  /** Mentions of input and output cells in the document that these shapes have. */
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
    if (rows) return axisShape(fit, axis, span, span);
    return axisShape(fit, axis, span, {
      input: supported(inputs, axis, seen),
      output: supported(outputs, axis, span.output),
    });
  });
  if (axes.some(shape => shape === null)) return null;
  const known = axes.filter(shape => shape !== null);
  const [input, output] = [known.map(shape => shape.input), known.map(shape => shape.output)];
  const inside = (cells: readonly Coordinates[], shape: Coordinates) =>
    cells.filter(cell => cell.every((index, axis) => index < shape[axis]!)).length;
  const explained = inside(inputs, input) + inside(outputs, output);
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

function axisShape(fit: Fit, axis: number, seen: Span, wanted: Span): (Span & { after: number }) | null {
  const { step, stride } = fit.axes[axis]!;
  const before = fit.before[axis]!;
  const window = Math.abs(step) * (fit.kernelShape[axis]! - 1) + 1;
  const cut = fit.cutAtEnd[axis]!;
  const available = cut ? seen.input : Math.max(seen.input, wanted.input);
  const padding = cut ? window - 1 : before;
  const reachable = Math.floor((available + before + padding - window) / stride) + 1;
  const output = Math.max(seen.output, Math.min(wanted.output, reachable));
  // Without padding behind, the input may be this long before there would be one more output.
  const longest = stride * output - 1 + window - before;
  const input = Math.max(seen.input, Math.min(available, longest));
  const least = Math.max(0, stride * (output - 1) + window - before - input);
  const most = longest - input;
  if (most < least) return null;
  return { input, output, after: before >= least && before <= most ? before : least };
}
