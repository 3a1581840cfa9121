/** Random small calls of operators that are polynomials, with an element of one of their results. */
import fc from 'fast-check';
import { type Problem, settle } from '../../../src/gate/diagnosis/problem.js';
import { size, unravel } from '../../../src/tensor/index.js';

const extent = (max: number) => fc.integer({ min: 1, max });
const perAxis = (rank: number, max: number, min = 1) =>
  fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });

type Call = Pick<Problem, 'op' | 'params' | 'shapes'>;

const sliding = (op: string, rank: number, transposed: boolean): fc.Arbitrary<Call> =>
  fc
    .record({
      groups: extent(2),
      ...{ n: extent(2), c: extent(2), o: extent(2), cells: perAxis(rank, 5), kernel: perAxis(rank, 3) },
      ...{
        stride: perAxis(rank, 3),
        dilation: perAxis(rank, 2),
        pad: perAxis(rank, 2, 0),
        bias: fc.boolean(),
      },
    })
    .map(({ groups, n, c, o, cells, kernel, stride, dilation, pad, bias }) => {
      const w = transposed ? [groups * c, o, ...kernel] : [groups * o, c, ...kernel];
      const padding = pad.map(before => [before, 1] as const);
      const x = [
        n,
        groups * c,
        ...cells.map((one, k) => one + (transposed ? 0 : dilation[k]! * (kernel[k]! - 1))),
      ];
      const shapes = { x, w, ...(bias ? { b: [groups * o] } : {}) };
      return { op, params: { stride, padding: transposed ? 0 : padding, dilation, groups }, shapes };
    });

const pooling: fc.Arbitrary<Call> = fc
  .record({
    ...{ n: extent(2), c: extent(2), cells: perAxis(2, 3), kernel: perAxis(2, 3), stride: perAxis(2, 2) },
    ...{ padding: fc.constantFrom(0, 1), ceil: fc.boolean(), counted: fc.boolean() },
  })
  .map(({ n, c, cells, kernel, stride, padding, ceil, counted }) => ({
    op: 'avg_pool2d',
    params: {
      ...{
        kernel_size: kernel,
        stride,
        padding: kernel.map(one => (one > 1 ? padding : 0)).map(p => [p, p] as const),
      },
      ...{ ceil_mode: ceil, count_include_pad: counted },
    },
    shapes: { x: [n, c, ...cells.map((one, k) => one + kernel[k]!)] },
  }));

const dense: fc.Arbitrary<Call> = fc
  .tuple(extent(4), extent(5), extent(4))
  .map(([n, i, o]) => ({ op: 'linear', params: {}, shapes: { x: [n, i], w: [o, i], b: [o] } }));

/** A call, a result, an element of it, an element type. */
export const problems: fc.Arbitrary<Problem> = fc
  .record({
    call: fc.oneof(
      ...[sliding('conv1d', 1, false), sliding('conv2d', 2, false), sliding('conv_transpose2d', 2, true)],
      ...[sliding('conv_transpose1d', 1, true), pooling, dense],
    ),
    dtype: fc.constantFrom('float64' as const, 'float32' as const),
    ...{ which: fc.nat(), element: fc.nat() },
  })
  .map(({ call, dtype, which, element }) => {
    const results = ['y', ...Object.keys(call.shapes).map(name => `d${name}`)] as Problem['result'][];
    const result = results[which % results.length]!;
    const whole = { ...call, dtype, result, mayRead: null };
    const shape = shapeOfResult(whole);
    return { ...whole, index: unravel(shape, element % size(shape)) };
  });

/** Any element will do to ask for the shape. */
function shapeOfResult(whole: Omit<Problem, 'index'>): readonly number[] {
  const rank =
    whole.result === 'y' ? (whole.shapes.x?.length ?? 0) : whole.shapes[whole.result.slice(1)]!.length;
  return settle({ ...whole, index: new Array<number>(rank).fill(0) }).shape;
}
