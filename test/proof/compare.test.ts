import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  type Cells,
  compose,
  parseProgram,
  type SumStage,
  variableCells,
} from '../../src/index-sum/index.js';
import { cellTexts, firstDifference } from '../../src/proof/index.js';

const shapes: Readonly<Record<string, number[]>> = { u: [2, 2], v: [3] };
const shapeOf = (name: string) => shapes[name]!;

/** Cells from lists of [coefficient, factors] per cell, one block per product. */
function cellsOf(...cells: readonly (readonly [number, [string, number][]])[][]): Cells {
  const blocks = cells.flatMap((products, at) =>
    products.map(
      ([coefficient, factors]): Block => ({
        coefficient,
        tensors: factors.map(([tensor]) => tensor),
        starts: Int32Array.from({ length: cells.length + 1 }, (_, k) => +(k > at)),
        columns: factors.map(([, cell]) => Int32Array.of(cell)),
      }),
    ),
  );
  return { shape: [cells.length], blocks };
}

describe('firstDifference', () => {
  test('gathers like terms, commutes factors, cancels', () => {
    const left = cellsOf(
      [
        [
          2,
          [
            ['u', 1],
            ['v', 0],
          ],
        ],
        [1, [['v', 2]]],
        [-1, [['v', 2]]],
      ],
      [[3, []]],
    );
    const right = cellsOf(
      [
        [
          1,
          [
            ['v', 0],
            ['u', 1],
          ],
        ],
        [
          1,
          [
            ['u', 1],
            ['v', 0],
          ],
        ],
      ],
      [
        [1, []],
        [2, []],
      ],
    );
    expect(firstDifference(left, right, shapeOf)).toBeNull();
  });

  test('names the first cell, the monomial and both coefficients', () => {
    const left = cellsOf(
      [[1, [['u', 0]]]],
      [
        [
          2,
          [
            ['u', 3],
            ['v', 1],
          ],
        ],
        [5, []],
      ],
    );
    const right = cellsOf(
      [[1, [['u', 0]]]],
      [
        [
          -2,
          [
            ['v', 1],
            ['u', 3],
          ],
        ],
        [5, []],
      ],
    );
    const monomial = [
      { tensor: 'u', cell: 3 },
      { tensor: 'v', cell: 1 },
    ];
    expect(firstDifference(left, right, shapeOf)).toEqual({ cell: 1, monomial, left: 2, right: -2 });
  });

  test('a square is not a product of two cells, u0 is not v0', () => {
    const of = (factors: [string, number][]) => cellsOf([[1, factors]]);
    expect(
      firstDifference(
        of([
          ['u', 0],
          ['u', 0],
        ]),
        of([
          ['u', 0],
          ['u', 1],
        ]),
        shapeOf,
      ),
    ).not.toBeNull();
    expect(firstDifference(of([['u', 0]]), of([['v', 0]]), shapeOf)).not.toBeNull();
    expect(
      firstDifference(
        of([
          ['u', 1],
          ['u', 1],
        ]),
        of([
          ['u', 0],
          ['u', 2],
        ]),
        shapeOf,
      ),
    ).not.toBeNull();
  });

  test('agrees with evaluation at random points', () => {
    const factor = fc.tuple(fc.constantFrom('u', 'v'), fc.integer({ min: 0, max: 2 }));
    const product = fc.tuple(fc.integer({ min: -2, max: 2 }), fc.array(factor, { maxLength: 3 }));
    const side = fc.array(product, { maxLength: 4 });
    fc.assert(
      fc.property(side, side, fc.boolean(), (a, b, same) => {
        // Half of the time the right side is the left one in another order, with a product split in two.
        const split = same
          ? [...a].reverse().flatMap(
              ([c, f]) =>
                [
                  [c - 1, f],
                  [1, [...f].reverse()],
                ] as typeof a,
            )
          : b;
        const [left, right] = [cellsOf(a), cellsOf(split)];
        const valueAt = (products: typeof a, at: number) =>
          products.reduce(
            (sum, [c, f]) =>
              sum + c * f.reduce((p, [t, k]) => p * (at ** (t === 'u' ? k + 1 : 9 * (k + 1)) + 1), 1),
            0,
          );
        const difference = firstDifference(left, right, shapeOf);
        if (same) expect(difference).toBeNull();
        else if (difference === null) expect(valueAt(a, 3)).toBe(valueAt(b, 3));
        else expect(difference.left).not.toBe(difference.right);
      }),
      { seed: 20261120, numRuns: 500 },
    );
  });
});

test('texts show signs, coefficients, constants and zero', () => {
  const cells = cellsOf(
    [
      [
        1,
        [
          ['u', 3],
          ['v', 1],
        ],
      ],
      [-2, [['v', 0]]],
    ],
    [
      [-1, [['u', 0]]],
      [4, []],
    ],
    [],
  );
  expect(cellTexts(cells, shapeOf)).toEqual(['u[1,1]*v[1] - 2*v[0]', '-u[0,0] + 4', '0']);
});

test('composition multiplies whole sums out', () => {
  const stageOf = (text: string) => parseProgram(text, 0).stages[0] as SumStage;
  const sums = compose(stageOf('s[] = sum(i<N) v[i]'), { N: 3 }, new Map([['v', variableCells('v', [3])]]));
  const square = compose(stageOf('y[] = s[] * s[]'), {}, new Map([['s', sums]]));
  expect(cellTexts(square, shapeOf)[0]!.split(' + ')).toHaveLength(9);
});
