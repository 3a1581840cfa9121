/** Real values: the reference is exact, right kernels of any order stay within their bound, coarser sums do not. */
import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import { drawReals, exactCells } from '../../../src/gate/judge/reals.js';
import { boundText, sumBounds } from '../../../src/gate/judge/rounding.js';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import { numbersOf, tensorOf } from '../../../src/gate/mutants/operands.js';
import { direct } from '../../../src/gate/mutants/sliding/direct.js';
import { layerKernel } from '../../../src/gate/mutants/sliding/layer.js';
import { half } from '../../../src/gate/mutants/sums.js';
import type { Declares } from '../../../src/gate/subject/declares.js';
import type { WireTensors } from '../../../src/gate/subject/subject.js';
import { definedOutput, derivative, valuesOf } from '../../../src/gate/vectors/recompute.js';
import { exactAlgebra } from '../../../src/index-sum/index.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { allFindings, casesOf, judged, subjectFrom, type ValueCase } from './cases.js';

const integers = { filling: 'integers' } as const;

describe('the reference', () => {
  test.each([
    ...['conv1d', 'conv2d', 'conv_transpose2d', 'linear'].flatMap(op => [
      [op, 'float64', 0] as const,
      [op, 'float32', 50] as const,
    ]),
  ])('%s, %s, up to 2^%i: every cell is the exact sum, rounded once', (op, dtype, magnitude) => {
    for (const one of casesOf(op, 'reference', 6, ['bounded'], integers).filter(at => at.dtype === dtype)) {
      const operator = operatorNamed(op);
      const reals = drawReals(operator, one, dtype, { spread: 'wide', magnitude }, 'test');
      const { inputs, upstream, call } = reals.probe;
      const given = new Map(
        Object.entries({ ...inputs, yBar: upstream }).map(([name, { shape, data }]) => [
          name,
          { shape, values: Array.from(data, rational.from) },
        ]),
      );
      const y = definedOutput(operator, call.call, given, exactAlgebra);
      expect(exactCells(reals, 'y')).toEqual(y.map(rational.toNumber));
      for (const input of Object.keys(inputs)) {
        const cells = valuesOf(derivative(operator, call.call, input), given, exactAlgebra);
        expect(exactCells(reals, `d${input}` as 'dx')).toEqual(cells.map(rational.toNumber));
      }
    }
  });

  test('numbers are wide, and products have more digits than the element type', () => {
    const one = casesOf('conv2d', 'wide', 1, ['bounded'], integers)[0]!;
    const draw = (spread: 'wide' | 'narrow') =>
      drawReals(operatorNamed('conv2d'), one, 'float64', { spread, magnitude: 0 }, 'x').integers;
    const sizes = (spread: 'wide' | 'narrow') =>
      Object.values(draw(spread)).flatMap(({ data }) => Array.from(data, Math.abs));
    expect(Math.max(...sizes('wide')) / Math.min(...sizes('wide'))).toBeGreaterThan(2 ** 20);
    expect(Math.max(...sizes('narrow')) / Math.min(...sizes('narrow'))).toBeLessThan(2);
  });
});

describe('the bound', () => {
  const type = { accumulator: 'float64', dtype: 'float64', arithmetic: 'exact' } as const;

  test('is of the form n u, with a rounding of the result', () => {
    const [bound] = sumBounds({ products: [18], sizes: [10], numbers: [3] }, type);
    expect(bound).toBe(22 * 2 ** -53 * 10 + 2 ** -53 * 3);
    const narrow = sumBounds({ products: [18], sizes: [10], numbers: [3] }, { ...type, dtype: 'float32' });
    expect(narrow[0]).toBeGreaterThan(3 * 2 ** -24);
  });

  test('is told with its numbers', async () => {
    expect(boundText(18, type, ['x', 'w'])).toBe('(L + 4) u sum|x||w| with L = 18, u = 2^-53');
    expect(boundText(18, { ...type, arithmetic: 'inexact' }, ['yBar'])).toBe(
      '2^15 L u max|yBar| with L = 18, u = 2^-53',
    );
    const [one] = casesOf('conv2d', 'text', 1, ['bounded'], integers);
    const right = RIGHT.find(({ op }) => op === 'conv2d')!;
    const { findings } = await judged(subjectFrom('conv2d', right.kernel()), one!);
    expect(findings.y?.kind === 'agreed' && findings.y.bound?.text).toMatch(
      /^\(L \+ 4\) u sum\|\w+\|(\|\w+\|)? with L = \d+, u = 2\^-53$/u,
    );
  });
});

const cases = (dtype: string, count: number, fixed = {}): ValueCase[] =>
  casesOf('conv2d', 'kernels', count, ['bounded'], { ...integers, ...fixed }).filter(
    one => one.dtype === dtype,
  );

const kinds = async (kernel: ModuleKernel, at: readonly ValueCase[]) => {
  const found = await allFindings('conv2d', kernel, at);
  return {
    agreed: found.filter(({ finding }) => finding.kind === 'agreed').length,
    failed: [...new Set(found.flatMap(({ result, finding }) => (finding.kind === 'failed' ? [result] : [])))],
  };
};

const declaring = (kernel: ModuleKernel, declares: Partial<Declares>): ModuleKernel => ({
  ...kernel,
  declares: { ...kernel.declares, ...declares },
});

const mutant = (id: string): ModuleKernel =>
  MUTANTS.find(one => one.op === 'conv2d' && one.id === id)!.kernel('direct');

const winogradShape = { kernel: 3, stride: 1, dilation: 1 };

describe('sums of conv2d', () => {
  test.each(['float64', 'float32'])('in float16 they are refused in %s, unless declared', async dtype => {
    const sums = layerKernel('conv', { style: direct, sum: half }, null);
    expect((await kinds(sums, cases(dtype, 12))).failed).toEqual(['y', 'dx', 'dw']);
    const declared = await kinds(declaring(sums, { accumulate: 'float16' }), cases(dtype, 60));
    expect(declared).toEqual({ agreed: 240, failed: [] });
  });

  test('in float32 they are refused in float64 alone', async () => {
    const { kernel } = RIGHT.find(({ op, style }) => op === 'conv2d' && style === 'float32')!;
    const claiming = declaring(kernel(), { dtypes: ['float64', 'float32'], accumulate: 'float64' });
    expect((await kinds(claiming, cases('float64', 12))).failed).toEqual(['y', 'dx', 'dw']);
    const honest = declaring(kernel(), { dtypes: ['float64', 'float32'] });
    expect(await kinds(honest, cases('float64', 60))).toEqual({ agreed: 240, failed: [] });
  });

  test.each(['kahan', 'pairwise', 'blocked', 'scatter'])('%s is accepted in both types', async style => {
    const { kernel } = RIGHT.find(one => one.op === 'conv2d' && one.style === style)!;
    for (const dtype of ['float64', 'float32'])
      expect(await kinds(kernel(), cases(dtype, 60))).toEqual({ agreed: 240, failed: [] });
  });

  test.each(['float16', 'int32'] as const)('in %s hold what they hold', async accumulate => {
    const { kernel } = RIGHT[0]!;
    const [one] = cases('float64', 1);
    const { findings } = await judged(subjectFrom('conv2d', declaring(kernel(), { accumulate })), one!);
    expect(findings.y?.kind).toBe(accumulate === 'int32' ? 'skipped' : 'agreed');
  });
});

/** Ten bits of each operand, the others cut off. */
const tf32 = (kernel: ModuleKernel): ModuleKernel => {
  const cut = (inputs: WireTensors): WireTensors =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, one]) => {
        const bits = new Uint32Array(Float32Array.from(numbersOf(one)).buffer).map(word => word & 0xffffe000);
        return [name, name === 'b' ? one : tensorOf(one.shape, new Float32Array(bits.buffer), one.dtype)];
      }),
    );
  return {
    declares: { ...kernel.declares, dtypes: ['float32'] },
    forward: (inputs, params) => kernel.forward(cut(inputs), params),
    backward: (inputs, upstream, params) => kernel.backward(cut(inputs), cut({ upstream }).upstream!, params),
  };
};

describe('inexact arithmetic', () => {
  test.each([
    ['winograd', 'float64'],
    ['winograd-float32', 'float32'],
  ])('%s is accepted', async (style, dtype) => {
    const { kernel } = RIGHT.find(one => one.op === 'conv2d' && one.style === style)!;
    expect(await kinds(kernel(), cases(dtype, 100, winogradShape))).toEqual({ agreed: 400, failed: [] });
  });

  test('winograd that declares nothing is refused', async () => {
    const { kernel } = RIGHT.find(one => one.op === 'conv2d' && one.style === 'winograd')!;
    const { failed } = await kinds(
      declaring(kernel(), { arithmetic: 'exact' }),
      cases('float64', 20, winogradShape),
    );
    expect(failed).toContain('y');
  });

  test('TF32 is accepted where it is declared, and refused where it is not', async () => {
    const kernel = tf32(RIGHT[0]!.kernel());
    expect((await kinds(kernel, cases('float32', 12))).failed).toContain('dw');
    const declared = declaring(kernel, { arithmetic: 'inexact' });
    expect((await kinds(declared, cases('float32', 100))).failed).toEqual([]);
  });

  test.each(['float64', 'float32'])('one lost tap is refused all the same in %s', async dtype => {
    for (const [id, result] of [
      ['C3', 'y'],
      ['X9', 'dx'],
      ['F11', 'dw'],
      ['B2', 'db'],
    ] as const) {
      const lost = declaring(mutant(id), { arithmetic: 'inexact' });
      expect([id, (await kinds(lost, cases(dtype, 25, winogradShape))).failed]).toEqual([id, [result]]);
    }
  });
});
