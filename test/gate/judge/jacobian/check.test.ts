import { describe, expect, test } from 'vitest';
import { checkJacobian } from '../../../../src/gate/judge/jacobian/check.js';
import { firstWrongInput } from '../../../../src/gate/judge/jacobian/input.js';
import type { ConvCall, DifferencedKernel, Float64 } from '../../../../src/gate/judge/jacobian/kernel.js';
import { startJacobian } from '../../../../src/gate/judge/jacobian/state.js';
import { MUTANTS, RIGHT } from '../../../../src/gate/mutants/catalogue.js';
import { ravel } from '../../../../src/tensor/index.js';
import { agree } from '../../mutants/outcomes.js';
import { builtIn, CALLS, fromCatalogue, outcomeAt } from './kernels.js';

/** A shape that is wrong is refused by name. */
function isRefused(kernel: DifferencedKernel, call: ConvCall): boolean {
  try {
    return checkJacobian(kernel, call) !== null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'kernel-result-shape' });
    return true;
  }
}

describe('the catalogue', () => {
  // H2-upstream computes rightly and then writes to yBar.
  const mutants = MUTANTS.filter(
    ({ op, result, id }) => op === 'conv2d' && /^d[xw]$/u.test(result) && id !== 'H2-upstream',
  );
  const right = RIGHT.find(({ op }) => op === 'conv2d')!;

  test.each(CALLS)('of $x by $w: a mutant in dx or dw is refused if and only if it is wrong there', call => {
    const expected = outcomeAt(right.kernel(), call);
    let killable = 0;
    for (const { id, result, styles, kernel } of mutants) {
      const isWrong = !agree(outcomeAt(kernel('direct'), call)[result], expected[result], 0);
      if (isWrong) killable++;
      for (const style of styles) {
        const refused = isRefused(fromCatalogue(kernel(style), call), call);
        expect({ id, style, refused }).toEqual({ id, style, refused: isWrong });
      }
    }
    expect(killable).toBeGreaterThan(35);
  });

  test('every mutant but the one that needs strides is wrong on one of these shapes', () => {
    const known = CALLS.map(call => outcomeAt(right.kernel(), call));
    const equivalent = mutants.filter(({ result, kernel }) =>
      CALLS.every((call, k) => agree(outcomeAt(kernel('direct'), call)[result], known[k]![result], 0)),
    );
    expect(equivalent.map(({ id }) => id)).toEqual(['X19']);
  });

  test.each(CALLS)('of $x by $w: right kernels in every exact style pass', call => {
    const styles = RIGHT.filter(
      ({ op, kernel }) => op === 'conv2d' && kernel().declares.accumulate === undefined,
    );
    expect(styles.length).toBeGreaterThan(4);
    for (const { style, kernel } of styles) {
      const wrong = checkJacobian(fromCatalogue(kernel(), call), call);
      expect({ style, wrong }).toEqual({ style, wrong: null });
    }
  });
});

const line: ConvCall = {
  ...{ x: [2, 4, 11], w: [6, 2, 3], groups: 2, stride: [2], dilation: [2] },
  padding: [[3, 1]],
};
const volume: ConvCall = {
  ...{ x: [2, 2, 4, 5, 3], w: [3, 2, 2, 3, 1], groups: 1, stride: [1, 2, 2], dilation: [2, 1, 3] },
  padding: [
    [1, 0],
    [2, 1],
    [0, 0],
  ],
};
const noOutput: ConvCall = { ...line, x: [2, 4, 1], padding: [[0, 0]] };
const noImages: ConvCall = { ...line, x: [0, 4, 11] };

test.each([line, volume, noOutput, noImages, ...CALLS])('the library passes on $x by $w', call => {
  expect(checkJacobian(builtIn(call), call)).toBeNull();
});

/** The library's kernel with a change in one of its results. */
function changed(
  call: ConvCall,
  { y, x, w }: Partial<Record<'y' | 'x' | 'w', (result: Float64, from: Float64) => void>>,
): DifferencedKernel {
  const right = builtIn(call);
  return {
    forward(inputs) {
      const result = right.forward(inputs);
      y?.(result, inputs.x);
      return result;
    },
    backward(yBar, inputs, wanted) {
      const results = right.backward(yBar, inputs, wanted);
      if (results.x) x?.(results.x, yBar);
      if (results.w) w?.(results.w, yBar);
      return results;
    },
  };
}

const add = (tensor: Float64, at: number, value: number): void => {
  tensor.data[at] = tensor.data[at]! + value;
};

describe('a cell', () => {
  test('of dw is named with its output', () => {
    const at = ravel(line.w, [4, 1, 2]);
    const output = ravel([2, 6, 6], [1, 4, 3]);
    const kernel = changed(line, { w: (dw, yBar) => add(dw, at, 7 * yBar.data[output]!) });
    const wrong = checkJacobian(kernel, line)!;
    expect(wrong).toMatchObject({ wrt: 'w', output: [1, 4, 3], input: [4, 1, 2] });
    expect(wrong.got - wrong.expected).toBe(7);
  });

  test('of dx is named with its output', () => {
    // Output 2 meets cells 1, 3 and 5 of x.
    const [at, output] = [ravel([4, 11], [2, 5]), ravel([6, 6], [3, 2])];
    const kernel = changed(line, {
      x: (dx, yBar) => {
        for (let n = 0; n < dx.shape[0]!; n++) add(dx, n * 44 + at, 5 * yBar.data[n * 36 + output]!);
      },
    });
    const wrong = checkJacobian(kernel, line)!;
    expect(wrong).toMatchObject({ wrt: 'x', output: [0, 3, 2], input: [0, 2, 5] });
    expect(wrong.got - wrong.expected).toBe(5);
  });
});

describe('what the colours cannot tell apart', () => {
  const last = 2 * 6 * 6 - 1;

  test('an output that reads a cell outside its window', () => {
    const kernel = changed(line, { y: (y, x) => add(y, y.data.length - 1, x.data.at(-11)!) });
    expect(checkJacobian(kernel, line)).toMatchObject({ wrt: 'x' });
  });

  test('derivatives outside the windows that cancel within a colour', () => {
    // Cells 0 and 6 are of one colour, and the last output meets neither.
    const forward = changed(line, {
      y: (y, x) => add(y, y.data.length - 1, x.data.at(-11)! - x.data.at(-5)!),
    });
    const wrong = checkJacobian(forward, line);
    expect(wrong).toMatchObject({ wrt: 'x', output: [1, 5, 5], input: null });
    // Outputs 0 and 3 are of one colour, and cell 10 is met by neither.
    const backward = changed(line, {
      x: (dx, yBar) => add(dx, dx.data.length - 1, yBar.data.at(-6)! - yBar.data.at(-3)!),
    });
    expect(checkJacobian(backward, line)).toMatchObject({ wrt: 'x', output: null, input: [1, 3, 10] });
    // Every position has 1 in all channels.
    const weights = changed(line, {
      w: (dw, yBar) => add(dw, 0, yBar.data[last]! - yBar.data[last - 6]!),
    });
    expect(checkJacobian(weights, line)).toMatchObject({ wrt: 'w', output: null, input: [0, 0, 0] });
  });

  test('a fault at the batch size of the call alone', () => {
    const isHere = ({ shape }: Float64) => shape[0] === 2;
    const forward = changed(line, { y: (y, x) => isHere(x) && add(y, 0, x.data.at(-1)!) });
    expect(checkJacobian(forward, line)).toMatchObject({ output: [0, 0, 0], input: null });
    const backward = changed(line, { x: (dx, yBar) => isHere(yBar) && add(dx, 3, 1) });
    expect(checkJacobian(backward, line)).toMatchObject({ wrt: 'x', output: null, input: [0, 0, 3] });
  });

  test('a cotangent that the backward pass leaves in its memory', () => {
    let kept = 0;
    const kernel = changed(line, {
      x: (dx, yBar) => {
        if (dx.shape[0] !== 2) return;
        add(dx, 0, kept);
        kept = yBar.data[0]!;
      },
    });
    expect(checkJacobian(kernel, line)).toMatchObject({ wrt: 'x', output: null, input: [0, 0, 0] });
  });
});

test('NaN, a fraction and a missing gradient are refused', () => {
  expect(isRefused(changed(line, { y: y => add(y, 4, Number.NaN) }), line)).toBe(true);
  expect(isRefused(changed(line, { w: dw => add(dw, 4, 2 ** -20) }), line)).toBe(true);
  expect(isRefused({ ...builtIn(line), backward: () => ({}) }, line)).toBe(true);
});

test('a call that is no convolution is refused before the kernel is called', () => {
  const kernel: DifferencedKernel = {
    forward: () => expect.unreachable(),
    backward: () => expect.unreachable(),
  };
  expect(() => checkJacobian(kernel, { ...line, groups: 3 })).toThrow(
    expect.objectContaining({ code: 'groups-do-not-divide' }),
  );
});

test('a backward pass that fits a wrong forward pass is not refused', () => {
  const twice = ({ data }: Float64) => data.set(data.map(value => 2 * value));
  expect(checkJacobian(changed(line, { y: twice, x: twice, w: twice }), line)).toBeNull();
});

test('no call takes more than 64 MB, and what is split finds the same', () => {
  const call: ConvCall = {
    ...{ x: [2, 8, 128, 128], w: [8, 8, 3, 3], groups: 1, stride: [1, 1], dilation: [1, 1] },
    padding: [
      [1, 1],
      [1, 1],
    ],
  };
  const fault = { x: (dx: Float64, yBar: Float64) => add(dx, dx.data.length - 1, yBar.data.at(-259)!) };
  const right = builtIn(call);
  const sizes: number[] = [];
  const noted: DifferencedKernel = {
    forward: inputs => {
      const y = right.forward(inputs);
      sizes.push(8 * (inputs.x.data.length + y.data.length));
      return y;
    },
    backward: (yBar, inputs, wanted) => {
      sizes.push(8 * (2 * inputs.x.data.length + yBar.data.length));
      return right.backward(yBar, inputs, wanted);
    },
  };
  expect(firstWrongInput(startJacobian(noted, call))).toBeNull();
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 2 ** 20);
  expect(sizes.length).toBeGreaterThan(20);
  const wrong = firstWrongInput(startJacobian(changed(call, fault), call))!;
  // Output [7, 125, 125] has the last colour: the last pass of a stack has 1 there.
  expect([wrong.input % (8 * 128 * 128), wrong.got - wrong.expected]).toEqual([8 * 128 * 128 - 1, 1]);
});
