/** The size rule of the transposed convolutions. */
import { BackproofError } from '../error.js';
import type { Params, Sizes } from './operator.js';
import { axes, axisParameter, integerParameter, named, paddingParameter } from './parameters.js';

/**
 * Output extents (L - 1) s + d (K - 1) + 1 + r - a - b, or 0 where that is negative, and the letters' values.
 * @throws BackproofError `empty-input`, `groups-do-not-divide`, `size-mismatch`, and what
 *   the parameters' own reading refuses.
 */
export function transposedSizes(operator: string, dims: Sizes, params: Params, rank: number): Sizes {
  const stride = axisParameter(params, 'stride', rank);
  const dilation = axisParameter(params, 'dilation', rank);
  const extra = axisParameter(params, 'output_padding', rank);
  const groups = integerParameter(params, 'groups');
  const [input, kernel] = [axes('L', dims, rank), axes('K', dims, rank)];
  // A mode is that of the convolution which goes back: from s L cells, `same` makes L of them.
  const larger = input.map((extent, k) => extent * stride[k]!);
  const { before, after } = paddingParameter(params, { input: larger, kernel, stride, dilation });
  checkExtents(operator, input);
  checkChannels(operator, dims, groups);
  const output = input.map((extent, k) => {
    const reach = stride[k]! * (extent - 1) + dilation[k]! * (kernel[k]! - 1) + 1;
    return Math.max(0, reach + extra[k]! - before[k]! - after[k]!);
  });
  return {
    G: groups,
    I: dims.C! / groups,
    O: dims.M! * groups,
    ...named('P', output),
    ...named('s', stride),
    ...named('d', dilation),
    ...named('a', before),
    ...named('b', after),
    ...named('r', extra),
  };
}

/** Without input cells the stride says nothing about the output. */
function checkExtents(operator: string, input: readonly number[]): void {
  const axis = input.indexOf(0);
  if (axis < 0) return;
  throw new BackproofError({
    code: 'empty-input',
    where: operator,
    what: `x has no cells along spatial axis ${axis}`,
    expected: 'at least 1',
    got: '0',
    fix: 'Leave the layer out for empty inputs.',
    data: { axis },
  });
}

function checkChannels(operator: string, { C, M, O }: Sizes, groups: number): void {
  const data = { C, M, O, groups };
  if (C! % groups !== 0) {
    throw new BackproofError({
      code: 'groups-do-not-divide',
      where: operator,
      what: 'the groups do not divide the input channels',
      expected: `a divisor of C = ${C}`,
      got: String(groups),
      fix: 'Choose groups that divide the input channels.',
      data,
    });
  }
  if (O === undefined || O === M! * groups) return;
  throw new BackproofError({
    code: 'size-mismatch',
    where: operator,
    what: `b has ${O} cells`,
    expected: `${M! * groups} = ${M} of w at axis 1, times groups ${groups}`,
    got: String(O),
    fix: 'Pass one bias per output channel, or none.',
    data,
  });
}
