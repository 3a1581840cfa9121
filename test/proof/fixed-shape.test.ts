import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { apply, type Operator, operatorNamed, type Params, resolve, tensor } from '../../src/ops/index.js';
import { proveGradients } from '../../src/proof/index.js';
import type { Shape } from '../../src/tensor/index.js';

const conv2d = operatorNamed('conv2d');

function proveOne(
  operator: Operator,
  shapes: Record<string, Shape>,
  params: Params,
  wrt: string,
  claim = tensor(''),
) {
  const chosen = claim.name === '' ? {} : { claim };
  return [...proveGradients(operator, resolve(operator, shapes, params), [wrt], chosen)][0]!;
}

const small = { x: [1, 1, 3, 3], w: [1, 1, 2, 2] };

describe('a proof at one shape', () => {
  test('says what was shown, where, and under which assumption', () => {
    const report = proveOne(conv2d, small, {}, 'x');
    expect(report).toMatchObject({
      id: 'conv2d/x',
      verdict: 'PROVED',
      rung: 'one-shape',
      claim: 'correlate(yBar, flip_spatial(w), padding=full)',
      cells: 9,
      products: 16,
      counterexample: null,
    });
    expect(report.domain).toBe(
      'for all values of x [1,1,3,3], w [1,1,2,2], stride 1, padding 0, dilation 1, groups 1, convention correlation',
    );
    expect(report.assumptions).toEqual(['exact arithmetic in a commutative ring; rounding is not covered']);
  });

  test('an empty output proves that the gradients are zeros', () => {
    const shapes = { x: [1, 2, 3], w: [2, 2, 5] };
    for (const wrt of ['x', 'w']) {
      expect(proveOne(operatorNamed('conv1d'), shapes, {}, wrt)).toMatchObject({
        verdict: 'PROVED',
        products: 0,
      });
    }
  });

  test('more than 10 million products are refused before anything is expanded', () => {
    const shapes = { x: [8, 64, 64, 64], w: [64, 64, 3, 3] };
    expect(() => proveOne(conv2d, shapes, {}, 'x')).toThrow(/shape-too-large/);
  });
});

describe('a false claim', () => {
  test('is answered with the first cell, both sides, the monomial and the mistake', () => {
    const claim = conv2d.mistakes.find(mistake => mistake.name === 'no-flip')!.claim({}, 2);
    const [report] = proveGradients(conv2d, resolve(conv2d, small), ['x'], { claim });
    expect(report).toMatchObject({
      verdict: 'REFUTED',
      counterexample: {
        index: [0, 0, 0, 0],
        definition: 'yBar[0,0,0,0]*w[0,0,0,0]',
        claim: 'yBar[0,0,0,0]*w[0,0,1,1]',
        monomial: 'yBar[0,0,0,0]*w[0,0,0,0]',
        definitionCoefficient: '1',
        claimCoefficient: '0',
        mistakes: [{ name: 'no-flip', says: 'the kernel is not rotated by 180 degrees' }],
      },
    });
  });

  test('that only one coefficient in one cell tells apart is refused', () => {
    // The claim is right but for one tap that a crop and a pad remove and do not give back.
    const right = conv2d.claims({}, 2).w;
    if (right === undefined || right.kind === 'hole') throw new Error('conv2d claims its kernel gradient');
    const claim = apply('pad', apply('crop', right, { start: '0', length: 'K@ - 1' }), {
      before: '0',
      after: '1',
    });
    const shapes = { x: [2, 3, 5, 4], w: [4, 3, 3, 2] };
    const [report] = proveGradients(conv2d, resolve(conv2d, shapes), ['w'], { claim });
    expect(report!.verdict).toBe('REFUTED');
    expect(report!.counterexample!.claim).toBe('0');
    expect(report!.counterexample!.mistakes).toEqual([]);
  });

  test('of another shape is an error that says both shapes', () => {
    try {
      proveOne(conv2d, small, {}, 'x', tensor('yBar'));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BackproofError);
      expect(error).toMatchObject({
        code: 'claim-shape-mismatch',
        data: { expected: [1, 1, 3, 3], got: [1, 1, 2, 2] },
      });
    }
  });

  test('a hole is UNKNOWN with its reason, never proved', () => {
    const hole = { kind: 'hole', reason: 'nobody has derived it yet' } as const;
    const operator = { ...conv2d, claims: () => ({ x: hole, w: hole, b: hole }) };
    expect(proveOne(operator, small, {}, 'x')).toMatchObject({ verdict: 'UNKNOWN', residual: hole.reason });
  });
});
