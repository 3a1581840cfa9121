import { describe, expect, test } from 'vitest';
import type { ConvGeometry } from '../../src/kernels/index.js';
import { convBiasVjp, convForward, convInputVjp, convKernelVjp } from '../../src/kernels/index.js';
import { zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';

const good: ConvGeometry = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  groups: 2,
};
const shapes = { x: [1, 4, 9, 9], w: [8, 2, 5, 5], yBar: [1, 8, 5, 5] };

/** The same call through all three functions that see x and w. */
function everywhere(x: readonly number[], w: readonly number[], geometry: ConvGeometry): (() => unknown)[] {
  return [
    () => convForward({ x: zeros(x), w: zeros(w) }, geometry),
    () => convInputVjp(zeros(shapes.yBar), zeros(w), x, geometry),
    () => convKernelVjp(zeros(shapes.yBar), zeros(x), w, geometry),
  ];
}

describe('conv errors', () => {
  test('the good call is good', () => {
    for (const call of everywhere(shapes.x, shapes.w, good)) expect(call).not.toThrow();
  });

  test('channels-mismatch names the axis, the layout and the fix', () => {
    const error = thrown(() => convForward({ x: zeros([1, 4, 9, 9]), w: zeros([8, 3, 5, 5]) }, good));
    expect(error.code).toBe('channels-mismatch');
    expect(error.data).toEqual({
      tensor: 'w',
      axis: 1,
      expected: 2,
      got: 3,
      groups: 2,
      xShape: [1, 4, 9, 9],
      wShape: [8, 3, 5, 5],
    });
    expect(error.message).toBe(
      'conv: w has 3 input channels at axis 1 of OIHW [8,3,5,5]; expected 2 = C 4 / groups 2 from x NCHW [1,4,9,9], ' +
        'got 3. Pass w as [8,2,5,5] or change groups. [channels-mismatch]',
    );
  });

  test.each<[string, readonly number[], readonly number[], Partial<ConvGeometry>]>([
    ['channels-mismatch', [1, 6, 9, 9], [8, 2, 5, 5], {}],
    ['rank-mismatch', [4, 9], [8, 2], {}],
    ['rank-mismatch', [1, 4, 9, 9, 9, 9], [8, 2, 5, 5, 5, 5], {}],
    ['rank-mismatch', [1, 4, 9, 9], [8, 2, 5], {}],
    ['groups-do-not-divide', [1, 4, 9, 9], [8, 2, 5, 5], { groups: 3 }],
    ['groups-do-not-divide', [1, 4, 9, 9], [7, 2, 5, 5], {}],
    ['groups-not-positive', [1, 4, 9, 9], [8, 2, 5, 5], { groups: 0 }],
    ['not-an-integer-parameter', [1, 4, 9, 9], [8, 2, 5, 5], { groups: 1.5 }],
    ['stride-not-positive', [1, 4, 9, 9], [8, 2, 5, 5], { stride: [1, 0] }],
    ['dilation-not-positive', [1, 4, 9, 9], [8, 2, 5, 5], { dilation: [0, 1] }],
    ['kernel-size-not-positive', [1, 4, 9, 9], [8, 2, 0, 5], {}],
    ['wrong-axis-count', [1, 4, 9, 9], [8, 2, 5, 5], { stride: [1] }],
    ['wrong-axis-count', [1, 4, 9, 9], [8, 2, 5, 5], { padding: [[0, 0]] }],
    [
      'not-an-integer-parameter',
      [1, 4, 9, 9],
      [8, 2, 5, 5],
      {
        padding: [
          [0, 0.5],
          [0, 0],
        ],
      },
    ],
    ['not-an-integer-parameter', [1, 4, 9, 9], [8, 2, 5, 5], { padding: [[0] as never, [0, 0]] }],
    [
      'bad-shape',
      [1, 4, 9, 9],
      [8, 2, 5, 5],
      {
        padding: [
          [0, 2 ** 31],
          [0, 0],
        ],
      },
    ],
  ])('%s: x %j, w %j, %j', (code, x, w, change) => {
    const found = everywhere(x, w, { ...good, ...change }).map(call => thrown(call));
    expect(found.map(error => error.code)).toEqual([code, code, code]);
    expect(found.map(error => error.where)).toEqual(
      ['conv', 'conv gradient to x', 'conv gradient to w'].map(where => expect.stringContaining(where)),
    );
  });

  test('bias-shape-mismatch', () => {
    for (const shape of [[7], [8, 1], [1], []]) {
      const call = () => convForward({ x: zeros(shapes.x), w: zeros(shapes.w), b: zeros(shape) }, good);
      const error = thrown(call);
      expect([error.code, error.data]).toEqual([
        'bias-shape-mismatch',
        { tensor: 'b', expected: [8], got: shape },
      ]);
    }
  });

  test('upstream-shape-mismatch, also where a broadcast would fit', () => {
    for (const shape of [[1, 8, 5, 1], [1, 8, 5], [2, 8, 5, 5], [1, 4, 5, 5], [1, 8, 6, 5], []]) {
      const calls = [
        () => convInputVjp(zeros(shape), zeros(shapes.w), shapes.x, good),
        () => convKernelVjp(zeros(shape), zeros(shapes.x), shapes.w, good),
      ];
      for (const error of calls.map(call => thrown(call))) {
        expect([error.code, error.data]).toEqual([
          'upstream-shape-mismatch',
          { tensor: 'yBar', expected: shapes.yBar, got: shape },
        ]);
      }
    }
    for (const shape of [[3, 4], [], [1, 2, 3, 4, 5, 6]]) {
      expect(thrown(() => convBiasVjp(zeros(shape))).code).toBe('rank-mismatch');
    }
  });

  test('dtypes are neither mixed nor integers', () => {
    const [x, w] = [zeros(shapes.x), zeros(shapes.w)];
    const [x32, y32, b32] = [
      zeros(shapes.x, 'float32'),
      zeros(shapes.yBar, 'float32'),
      zeros([8], 'float32'),
    ];
    const codes = [
      () => convForward({ x: x32, w } as never, good),
      () => convForward({ x, w, b: b32 } as never, good),
      () => convInputVjp(y32, w as never, shapes.x, good),
      () => convKernelVjp(y32, x as never, shapes.w, good),
    ].map(call => thrown(call).code);
    expect(codes).toEqual(new Array(4).fill('dtype-mismatch'));
    const integer = zeros(shapes.x, 'int32') as never;
    expect(thrown(() => convForward({ x: integer, w }, good)).code).toBe('unsupported-dtype');
    expect(thrown(() => convBiasVjp(integer)).code).toBe('unsupported-dtype');
  });

  test('tensors that are none are refused before anything is read', () => {
    const broken = { shape: [8, 2, 5, 5], data: new Float64Array(3), dtype: 'float64' } as const;
    expect(thrown(() => convForward({ x: zeros(shapes.x), w: broken }, good)).code).toBe(
      'data-length-mismatch',
    );
    expect(thrown(() => convForward({ x: undefined as never, w: broken }, good)).code).toBe('not-a-tensor');
    expect(thrown(() => convBiasVjp({ ...broken, data: [1] as never })).code).toBe('storage-mismatch');
  });
});
