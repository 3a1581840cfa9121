/** The theorems of every record, evaluated at small sizes, against the cells of the proofs at one shape. */
import { describe, expect, test } from 'vitest';
import { type Integer, polynomial } from '../../../src/exact/index.js';
import { type Cells, gradientCells } from '../../../src/index-sum/index.js';
import {
  apply,
  type Claim,
  claimCells,
  forwardCells,
  isSumOfProducts,
  operatorNamed,
  operators,
  type Params,
  type Resolved,
  resolve,
  tensor,
  tensorShape,
} from '../../../src/ops/index.js';
import { cellTerms } from '../../../src/proof/index.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { type Shape, size, unravel } from '../../../src/tensor/index.js';
import { completed, sideCells, valueAt } from './sums.js';

type Call = readonly [operator: string, shapes: Record<string, Shape>, params: Params];

const convolutions: readonly Call[] = [
  // A stride with a remainder beyond the padding after, lopsided padding, dilation, groups.
  [
    'conv1d',
    { x: [2, 4, 7], w: [2, 2, 2], b: [2] },
    { stride: 3, dilation: 2, padding: [[1, 0]], groups: 2 },
  ],
  [
    'conv1d',
    { x: [1, 2, 6], w: [4, 1, 3], b: [4] },
    { stride: 2, padding: [[0, 2]], groups: 2, convention: 'convolution' },
  ],
  // No window fits: P = 0.
  ['conv1d', { x: [1, 2, 2], w: [1, 2, 4], b: [1] }, { stride: 2, dilation: 3, padding: [[1, 2]] }],
  ['conv1d', { x: [1, 1, 0], w: [1, 1, 2], b: [1] }, { padding: [[1, 1]] }],
  [
    'conv2d',
    { x: [1, 2, 4, 3], w: [2, 1, 2, 2], b: [2] },
    {
      stride: [2, 1],
      dilation: [1, 2],
      padding: [
        [1, 0],
        [0, 1],
      ],
      groups: 2,
    },
  ],
  ['conv2d', { x: [1, 1, 3, 2], w: [1, 1, 2, 1], b: [1] }, { stride: [3, 2], convention: 'convolution' }],
  [
    'conv3d',
    { x: [1, 1, 2, 3, 2], w: [1, 1, 2, 1, 2], b: [1] },
    {
      stride: [1, 2, 1],
      padding: [
        [0, 1],
        [0, 0],
        [1, 0],
      ],
    },
  ],
];

const others: readonly Call[] = [
  ['correlate', { x: [2, 2, 5], w: [2, 1, 2] }, { step: 2, groups: 2 }],
  ['correlate', { x: [1, 1, 2], w: [1, 1, 3] }, {}],
  ['correlate', { x: [1, 2, 3], w: [2, 2, 2] }, { step: 2, padding: 'full' }],
  ['convolve', { x: [1, 1, 3, 2], w: [1, 1, 2, 2] }, { step: [1, 2] }],
  ['convolve', { x: [1, 2, 3], w: [2, 1, 2] }, { groups: 2, padding: 'full' }],
  ['pad', { x: [1, 2, 3] }, { before: 2, after: -4 }],
  ['pad', { x: [1, 2, 4] }, { before: -3, after: -3 }],
  ['crop', { x: [1, 2, 4] }, { start: -1, length: 7 }],
  ['zero_stuff', { x: [1, 2, 0] }, { step: 3 }],
  ['subsample', { x: [1, 2, 0] }, { step: 3 }],
  ['subsample', { x: [1, 1, 7] }, { step: 3 }],
  ['regroup', { x: [6, 2, 2] }, { groups: 3 }],
  ['channel_spread', { x: [3] }, { batch: 2, length: [2, 3] }],
  ['channel_spread', { x: [3] }, { batch: 0, length: [2] }],
];

/** The examples of the structural operators, whose cells are few. */
const examples = operators
  .filter(operator => Object.keys(operator.inputs).length === 1)
  .flatMap(operator =>
    operator.examples
      .filter(({ shapes, params }) => {
        const call = resolve(operator, shapes, params);
        return isSumOfProducts(operator, call.params, call.rank);
      })
      .map(({ shapes, params }): Call => [operator.name, shapes, params]),
  )
  .filter(([, { x }]) => x!.length <= 4);

const calls = [...convolutions, ...others, ...examples].map(
  call => [`${call[0]} ${JSON.stringify(call.slice(1))}`, call] as const,
);

/** Cells as polynomials in cells such as "x[0,1]". */
function texts(cells: Cells, call: Resolved): Map<string, Integer>[] {
  return Array.from({ length: size(cells.shape) }, (_, cell) => {
    const total = new Map<string, Integer>();
    for (const { coefficient, factors } of cellTerms(cells, cell)) {
      const names = factors.map(
        one => `${one.tensor}[${unravel(tensorShape(call, one.tensor), one.cell).join()}]`,
      );
      polynomial.accumulate(total, names.sort().join('*'), coefficient);
    }
    return total;
  });
}

function theoremsAt([name, shapes, params]: Call) {
  const operator = operatorNamed(name);
  const call = resolve(operator, shapes, params);
  const modes = Object.entries(operator.modes).map(([mode]) => [mode, String(call.params[mode])]);
  const theorems = operatorTheorems(operator, { modes: Object.fromEntries(modes), rank: call.rank });
  return { operator, call, theorems };
}

describe.each(calls)('%s', (_, given) => {
  const { operator, call, theorems } = theoremsAt(given);
  const forward = forwardCells(operator, call);
  const inputs = Object.keys(operator.inputs);

  test.each(inputs)('the derivative theorem of %s has the cells of the proof at this shape', wrt => {
    const { statement } = theorems.find(one => one.wrt === wrt && !one.id.endsWith('/adjoint'))!;
    const parameters = completed(statement, call.sizes);
    expect(statement.assume.filter(fact => valueAt(fact, parameters) < 0)).toEqual([]);
    const { left, right } = sideCells(statement, parameters);
    const claim = operator.claims(call.params, call.rank)[wrt]!;
    expect(left).toEqual(texts(gradientCells(forward, wrt, call.inputs[wrt]!, 'yBar'), call));
    if (claim.kind === 'hole') throw new Error('no claim');
    expect(right).toEqual(texts(claimCells(claim, call), call));
  });

  test.each(inputs)('both sides of the adjoint theorem of %s are the loss as far as it reads it', wrt => {
    const { statement } = theorems.find(one => one.wrt === wrt && one.id.endsWith('/adjoint'))!;
    const { left, right } = sideCells(statement, completed(statement, call.sizes));
    const loss = new Map<string, Integer>();
    texts(forward, call).forEach((cell, k) => {
      for (const [monomial, coefficient] of cell) {
        if (!monomial.includes(`${wrt}[`)) continue;
        const factors = [...monomial.split('*'), `yBar[${unravel(call.output, k).join()}]`];
        polynomial.accumulate(loss, factors.sort().join('*'), coefficient);
      }
    });
    expect(left).toEqual([loss]);
    expect(right).toEqual([loss]);
  });
});

describe('the theorems of a record', () => {
  const ids = (name: string) => operatorTheorems(name).map(one => one.id);

  test('are named by operator, input, rank and mode', () => {
    expect(ids('conv2d').filter(id => id.includes('/w'))).toEqual([
      'conv2d/w',
      'conv2d/w/adjoint',
      'conv2d/w/convolution',
      'conv2d/w/convolution/adjoint',
    ]);
    expect(ids('pad')).toEqual(
      ['1d', '2d', '3d'].flatMap(rank => [`pad/x/${rank}`, `pad/x/${rank}/adjoint`]),
    );
    expect(ids('correlate')).toContain('correlate/x/2d/full/adjoint');
  });

  test('assume the domain of the operator and nothing else', () => {
    const [theorem] = operatorTheorems('conv1d', { wrt: 'w' });
    expect(theorem!.statement.assume.map(polynomial.text)).toEqual([
      ...['N', 'L1', 'I', 'K1', 'M', 'P1', 'G-1', 's1-1', 'd1-1', 'a1', 'b1'],
      'K1*d1-L1+P1*s1-a1-b1-d1',
      '-K1*P1*d1+L1*P1-P1-P1*P1*s1+P1*a1+P1*b1+P1*d1+P1*s1',
      // The window of the correlation in dw steps by d.
      'W1',
      '-L1+P1*s1+W1*d1-a1-b1-s1',
      'L1*W1-P1*W1*s1-W1-W1*W1*d1+W1*a1+W1*b1+W1*d1+W1*s1',
    ]);
    expect(theorem!.claim).toBe(
      'dw = transpose(crop(correlate(regroup(transpose(pad(x, before=a, after=b)), groups=G), ' +
        'zero_stuff(transpose(yBar), step=s), step=d, groups=G), start=0, length=K))',
    );
  });

  test('pads of any sign are in the domain of pad', () => {
    const [theorem] = operatorTheorems('pad', { rank: 1 });
    expect(theorem!.statement.assume.map(polynomial.text)).toEqual(['N', 'C', 'L1']);
  });

  test.each(operators.map(operator => operator.name))(
    'each mistake of %s is stated, or does not even fit',
    name => {
      for (const mistake of operatorNamed(name).mistakes) {
        const options = { wrt: mistake.wrt, claim: mistake.claim, misfit: 'assume' as const };
        const [own] = operatorTheorems(name, { wrt: mistake.wrt });
        const [theorem] = operatorTheorems(name, options);
        expect(theorem!.statement.definitions).not.toEqual(own!.statement.definitions);
      }
    },
  );
});

describe('a claim that does not fit', () => {
  const theorems = (claim: Claim) => operatorTheorems('pad', { rank: 1, claim });

  test.each([
    ['claim-shape-mismatch', tensor('yBar')],
    ['claim-shape-mismatch', apply('channel_sum', tensor('yBar'))],
    ['outside-domain', apply('crop', tensor('yBar'), { start: '0', length: 'L@ + a@' })],
    ['rank-mismatch', apply('pad', apply('channel_sum', tensor('yBar')))],
    ['sizes-do-not-fit', apply('correlate', { x: tensor('yBar'), w: apply('transpose', tensor('x')) })],
    ['sizes-do-not-fit', apply('regroup', tensor('x'), { groups: '2' })],
    ['ill-formed-claim', tensor('w')],
    ['unknown-operator', apply('unpad', tensor('yBar'))],
  ])('is refused: %s', (code, claim) => {
    expect(() => theorems(claim)).toThrow(expect.objectContaining({ code }));
  });

  test('may be stated for the sizes that do fit', () => {
    const claim = apply('regroup', tensor('yBar'), { groups: 'C' });
    const [theorem] = operatorTheorems('flip_spatial', { rank: 1, claim, misfit: 'assume' });
    // Of yBar [N, C, L] come [B, C*C, L] with N = C*B: both have to be the extents of x. C*C >= C goes without saying.
    expect(theorem!.statement.assume.map(polynomial.text)).toEqual([
      ...['N', 'C', 'L1', 'C-1', '-B*C+N', 'B*C-N', 'B-N', '-B+N', 'C-C*C'],
    ]);
  });
});
