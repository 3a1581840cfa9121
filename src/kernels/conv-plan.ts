/** Checks of a convolution's shapes and geometry, and the sizes that follow from them. */
import { BackproofError } from '../error.js';
import type { AxisPadding, Shape } from '../tensor/index.js';
import {
  checkInteger,
  isList,
  perAxis,
  safeInteger,
  sameShape,
  shapeText,
  size,
  windowExtent,
  wrongAxisCount,
} from '../tensor/index.js';
import { checkRank, groupsDoNotDivide } from './operands.js';

/** Resolved parameters, one entry per spatial axis; a negative pad crops. */
export interface ConvGeometry {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly AxisPadding[];
  readonly groups: number;
}

/** One spatial axis: extents of input, kernel and output, stride, dilation, pad before. */
export interface ConvAxis {
  readonly input: number;
  readonly kernel: number;
  readonly output: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

export interface ConvSizes {
  readonly batch: number;
  readonly groups: number;
  /** Channels of one group: I of OIHW, and O / groups. */
  readonly inPerGroup: number;
  readonly outPerGroup: number;
  readonly axes: readonly ConvAxis[];
  readonly yShape: Shape;
}

/**
 * Sizes of y [N, O, spatial] = conv of x [N, C, spatial] with w [O, C/groups, kernel], in rank 1 to 3.
 * @throws BackproofError `rank-mismatch`, `groups-not-positive`, `groups-do-not-divide`, `channels-mismatch`,
 * `wrong-axis-count`, `not-an-integer-parameter`, `stride-not-positive`, `dilation-not-positive`,
 * `kernel-size-not-positive`, `bad-shape`.
 */
export function convSizes(where: string, xShape: Shape, wShape: Shape, geometry: ConvGeometry): ConvSizes {
  size(xShape, `${where}: x`);
  size(wShape, `${where}: w`);
  checkRank(where, 'x', xShape, 3, 5);
  checkRank(where, 'w', wShape, xShape.length, xShape.length);
  const groups = checkInteger(geometry.groups, 'groups', where);
  checkChannels(where, xShape, wShape, groups);
  const axes = convAxes(where, xShape.slice(2), wShape.slice(2), geometry);
  const [batch, outChannels] = [xShape[0]!, wShape[0]!];
  const yShape = [batch, outChannels, ...axes.map(axis => axis.output)];
  size(yShape, `${where}: y`);
  return { batch, groups, inPerGroup: wShape[1]!, outPerGroup: outChannels / groups, axes, yShape };
}

/** "NCHW" and "OIHW" at rank 2. */
function layout(leading: string, shape: Shape): string {
  return `${leading}${'DHW'.slice(5 - shape.length)} ${shapeText(shape)}`;
}

function checkChannels(where: string, xShape: Shape, wShape: Shape, groups: number): void {
  const [channels, outChannels, found] = [xShape[1]!, wShape[0]!, wShape[1]!];
  if (channels % groups !== 0) {
    throw groupsDoNotDivide(where, groups, 'C', channels, `x ${layout('NC', xShape)}`);
  }
  if (outChannels % groups !== 0) {
    throw groupsDoNotDivide(where, groups, 'O', outChannels, `w ${layout('OI', wShape)}`);
  }
  const expected = channels / groups;
  if (found === expected) return;
  throw new BackproofError({
    code: 'channels-mismatch',
    where,
    what: `w has ${found} input channels at axis 1 of ${layout('OI', wShape)}`,
    expected: `${expected} = C ${channels} / groups ${groups} from x ${layout('NC', xShape)}`,
    got: `${found}`,
    fix: `Pass w as ${shapeText([outChannels, expected, ...wShape.slice(2)])} or change groups.`,
    data: { tensor: 'w', axis: 1, expected, got: found, groups, xShape: [...xShape], wShape: [...wShape] },
  });
}

function convAxes(where: string, input: Shape, kernel: Shape, geometry: ConvGeometry): ConvAxis[] {
  const rank = input.length;
  const strides = perAxis(geometry.stride, rank, 'stride', where);
  const dilations = perAxis(geometry.dilation, rank, 'dilation', where);
  perAxis(kernel, rank, 'kernel_size', where);
  if (geometry.padding.length !== rank) throw wrongAxisCount('padding', where, rank, geometry.padding);
  return input.map((extent, at) => {
    const entry = geometry.padding[at];
    const [before, after] = isList(entry) ? entry : [entry, entry];
    const axis = {
      input: extent,
      kernel: kernel[at]!,
      stride: strides[at]!,
      dilation: dilations[at]!,
      before: safeInteger(before, 'padding', where),
    };
    return { ...axis, output: windowExtent({ ...axis, after: safeInteger(after, 'padding', where) }).output };
  });
}

/** @throws BackproofError `upstream-shape-mismatch`. */
export function checkUpstream(where: string, found: Shape, expected: Shape): void {
  if (sameShape(found, expected)) return;
  throw new BackproofError({
    code: 'upstream-shape-mismatch',
    where,
    what: `yBar has shape ${shapeText(found)}`,
    expected: `the shape of y, ${layout('NO', expected)}`,
    got: shapeText(found),
    fix: 'Pass the upstream gradient of exactly this output; nothing is broadcast.',
    data: { tensor: 'yBar', expected: [...expected], got: [...found] },
  });
}

/** @throws BackproofError `bias-shape-mismatch`. */
export function checkBias(where: string, found: Shape, outChannels: number): void {
  if (sameShape(found, [outChannels])) return;
  throw new BackproofError({
    code: 'bias-shape-mismatch',
    where,
    what: `b has shape ${shapeText(found)}`,
    expected: `[${outChannels}], one number per output channel of w`,
    got: shapeText(found),
    fix: 'Pass one bias per output channel, or none.',
    data: { tensor: 'b', expected: [outChannels], got: [...found] },
  });
}
