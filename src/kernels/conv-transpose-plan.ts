/** Checks of a transposed convolution's shapes and geometry, and the sizes that follow from them. */
import { BackproofError } from '../error.js';
import type { Shape } from '../tensor/index.js';
import {
  checkInteger,
  dilatedExtent,
  perAxis,
  safeInteger,
  shapeText,
  size,
  wrongAxisCount,
} from '../tensor/index.js';
import type { ConvAxis, ConvGeometry, ConvSizes } from './conv-plan.js';
import { checkRank, groupsDoNotDivide } from './operands.js';

/** Resolved parameters, one entry per spatial axis; the padding is cut off the output. */
export interface ConvTransposeGeometry extends ConvGeometry {
  readonly outputPadding: readonly number[];
}

/**
 * Sizes of y [N, O, spatial] from x [N, C, spatial] and w [C, O/groups, kernel], in rank 1 to 3. The axes are those
 * of the convolution that goes the other way: its `input` is an extent of y, its `output` one of x.
 * @throws BackproofError `rank-mismatch`, `groups-not-positive`, `groups-do-not-divide`, `channels-mismatch`,
 * `wrong-axis-count`, `not-an-integer-parameter`, `stride-not-positive`, `dilation-not-positive`,
 * `kernel-size-not-positive`, `negative-output-padding`, `empty-input`, `bad-shape`.
 */
export function convTransposeSizes(
  where: string,
  xShape: Shape,
  wShape: Shape,
  geometry: ConvTransposeGeometry,
): ConvSizes {
  size(xShape, `${where}: x`);
  size(wShape, `${where}: w`);
  checkRank(where, 'x', xShape, 3, 5);
  checkRank(where, 'w', wShape, xShape.length, xShape.length);
  const groups = checkInteger(geometry.groups, 'groups', where);
  const [batch, channels] = [xShape[0]!, xShape[1]!];
  if (channels % groups !== 0)
    throw groupsDoNotDivide(where, groups, 'C', channels, `x ${shapeText(xShape)}`);
  if (wShape[0] !== channels) throw wrongChannels(where, xShape, wShape);
  const axes = transposedAxes(where, xShape.slice(2), wShape.slice(2), geometry);
  const outPerGroup = wShape[1]!;
  const yShape = [batch, groups * outPerGroup, ...axes.map(axis => axis.input)];
  size(yShape, `${where}: y`);
  return { batch, groups, inPerGroup: channels / groups, outPerGroup, axes, yShape };
}

function wrongChannels(where: string, xShape: Shape, wShape: Shape): BackproofError {
  const [expected, got] = [xShape[1]!, wShape[0]!];
  return new BackproofError({
    code: 'channels-mismatch',
    where,
    what: `w has ${got} input channels at axis 0 of ${shapeText(wShape)}`,
    expected: `${expected}, as x ${shapeText(xShape)} has`,
    got: String(got),
    fix: 'Pass w as [C, O / groups, kernel]: the input channels come first.',
    data: { tensor: 'w', axis: 0, expected, got },
  });
}

/** y has (L - 1) s + d (K - 1) + 1 + r - a - b cells, or none where that is negative. */
function transposedAxes(
  where: string,
  input: Shape,
  kernel: Shape,
  geometry: ConvTransposeGeometry,
): ConvAxis[] {
  const rank = input.length;
  const strides = perAxis(geometry.stride, rank, 'stride', where);
  const dilations = perAxis(geometry.dilation, rank, 'dilation', where);
  const extra = perAxis(geometry.outputPadding, rank, 'output_padding', where);
  perAxis(kernel, rank, 'kernel_size', where);
  if (geometry.padding.length !== rank) throw wrongAxisCount('padding', where, rank, geometry.padding);
  return input.map((extent, at) => {
    if (extent === 0) throw emptyInput(where, input);
    const [before, after] = geometry.padding[at]!.map(pad => safeInteger(pad, 'padding', where));
    const [stride, dilation] = [strides[at]!, dilations[at]!];
    const reach = stride * (extent - 1) + dilatedExtent(kernel[at]!, dilation);
    const output = Math.max(0, reach + extra[at]! - before! - after!);
    return { input: output, kernel: kernel[at]!, output: extent, stride, dilation, before: before! };
  });
}

function emptyInput(where: string, input: Shape): BackproofError {
  return new BackproofError({
    code: 'empty-input',
    where,
    what: 'a spatial axis of x has no cells, so that its stride says nothing about the output',
    expected: 'at least one cell on every spatial axis',
    got: shapeText(input),
    fix: 'Leave the layer out for empty inputs.',
    data: { input: [...input] },
  });
}
