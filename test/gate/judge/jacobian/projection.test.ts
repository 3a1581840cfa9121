import { describe, expect, test } from 'vitest';
import type { DifferencedKernel } from '../../../../src/gate/judge/jacobian/kernel.js';
import { checkProjection } from '../../../../src/gate/judge/jacobian/projection.js';
import { MUTANTS, RIGHT } from '../../../../src/gate/mutants/catalogue.js';
import { agree } from '../../mutants/outcomes.js';
import { builtIn, CALLS, type Call, fromCatalogue, outcomeAt } from './kernels.js';

const PLAN = { seed: 3, probes: 2 };

/** The input whose gradient is refused; a shape that is wrong is refused by name. */
function refused(kernel: DifferencedKernel, call: Call): string | null {
  try {
    return checkProjection(kernel, call, PLAN).wrong?.wrt ?? null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'kernel-result-shape' });
    return 'w';
  }
}

describe.each(CALLS)('of $x by $w', call => {
  // H2-upstream computes rightly and then writes to yBar.
  const mutants = MUTANTS.filter(
    ({ op, result, id }) => op === 'conv2d' && result !== 'y' && id !== 'H2-upstream',
  );
  const right = RIGHT.find(({ op }) => op === 'conv2d')!;

  test('a mutant in dx, dw or db is refused, in that gradient, if and only if it is wrong there', () => {
    const expected = outcomeAt(right.kernel(), call);
    let killable = 0;
    for (const { id, result, styles, kernel } of mutants) {
      const isWrong = !agree(outcomeAt(kernel('direct'), call)[result], expected[result], 0);
      if (isWrong) killable++;
      for (const style of styles) {
        const wrt = refused(fromCatalogue(kernel(style), call), call);
        expect({ id, style, wrt }).toEqual({ id, style, wrt: isWrong ? result.slice(1) : null });
      }
    }
    expect(killable).toBeGreaterThan(40);
  });

  test('right kernels pass with every seed', () => {
    for (const { style, kernel } of RIGHT.filter(({ op }) => op === 'conv2d')) {
      if (kernel().declares.accumulate !== undefined) continue;
      for (let seed = 0; seed < 10; seed++) {
        const { wrong } = checkProjection(fromCatalogue(kernel(), call), call, { seed, probes: 2 });
        expect({ style, seed, wrong }).toEqual({ style, seed, wrong: null });
      }
    }
  });
});

describe('what it says', () => {
  const call = CALLS[0]!;

  /** The library's kernel, the tensors that it is asked for, and one change in what it returns. */
  function noted(change: (results: ReturnType<DifferencedKernel['backward']>, pass: number) => void) {
    const [calls, right] = [[] as string[], builtIn(call)];
    let passes = 0;
    const kernel: DifferencedKernel = {
      forward: inputs => {
        calls.push('y');
        return right.forward(inputs);
      },
      backward: (yBar, inputs, wanted) => {
        calls.push(wanted.join());
        const results = right.backward(yBar, inputs, wanted);
        change(results, passes++);
        return results;
      },
    };
    return { calls, kernel };
  }

  test('a probe that agrees is one backward pass and two forward passes', () => {
    const { calls, kernel } = noted(() => {});
    const { b, ...withoutBias } = call;
    expect(checkProjection(kernel, withoutBias, { seed: 1, probes: 1 }).wrong).toBeNull();
    expect(calls).toEqual(['x,w', 'y', 'y']);
    calls.length = 0;
    expect(checkProjection(kernel, call, { seed: 1, probes: 2 }).wrong).toBeNull();
    expect(calls).toEqual(['x,w,b', 'y', 'y', 'x,w,b', 'y', 'y']);
  });

  test('the probability of a miss: 3 / 2A for each probe, and 1 without any', () => {
    // L = 2 images of 4 x 3 outputs.
    const amplitude = Math.floor(Math.cbrt(2 ** 45 / 24));
    for (const probes of [0, 1, 3]) {
      const { missProbability } = checkProjection(builtIn(call), call, { seed: 1, probes });
      expect(missProbability).toBe((3 / (2 * amplitude)) ** probes);
    }
  });

  test('both sides of the input that is wrong, and the probe', () => {
    const { kernel, calls } = noted(({ w }, pass) => {
      if (pass === 1) w!.data[5] = w!.data[5]! + 1;
    });
    const { wrong } = checkProjection(kernel, call, { seed: 1, probes: 3 });
    expect(wrong).toMatchObject({ wrt: 'w', probe: 1 });
    expect(wrong!.backward! - wrong!.forward!).not.toBe(0n);
    // Two more for x, which is right, and two for w.
    expect(calls.join(' ')).toBe('x,w,b y y x,w,b y y y y y y');
  });

  test('a forward pass that is wrong once is no wrong gradient of one input', () => {
    const right = builtIn(call);
    let forwards = 0;
    const kernel: DifferencedKernel = {
      ...right,
      forward: inputs => {
        const y = right.forward(inputs);
        if (forwards++ === 0) y.data[0] = y.data[0]! + 1;
        return y;
      },
    };
    expect(checkProjection(kernel, call, { seed: 1, probes: 1 }).wrong).toMatchObject({
      wrt: null,
      probe: 0,
    });
  });

  test('sums beyond 2^53 are exact', () => {
    // A = 2^15: y reaches 2^44, and its product with yBar 2^59.
    const huge: DifferencedKernel = {
      forward: ({ x, w }) => ({ ...x, data: x.data.map(value => value * w.data[0]! * 2 ** 12) }),
      backward: (yBar, { x, w }, wanted) => ({
        x: { ...x, data: yBar.data.map(value => value * w.data[0]! * 2 ** 12) },
        ...(wanted.includes('w') && {
          w: { ...w, data: Float64Array.of(yBar.data[0]! * x.data[0]! * 2 ** 12) },
        }),
      }),
    };
    const point: Call = {
      x: [1, 1, 1],
      w: [1, 1, 1],
      stride: [1],
      dilation: [1],
      padding: [[0, 0]],
      groups: 1,
    };
    expect(checkProjection(huge, point, { seed: 2, probes: 4 }).wrong).toBeNull();
  });

  test('no integers are no agreement', () => {
    const kernel: DifferencedKernel = {
      forward: inputs => ({ ...inputs.x, shape: [2, 6, 4, 3], data: new Float64Array(144).fill(Number.NaN) }),
      backward: (_, { x, w, b }) => ({ x, w, b: b! }),
    };
    expect(checkProjection(kernel, call, PLAN).wrong).toMatchObject({ wrt: 'x', forward: null });
  });
});
