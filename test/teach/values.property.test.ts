/** The formulas, evaluated at random integers, against the numeric kernels: exact equality. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  convBiasVjp,
  convForward,
  convInputVjp,
  convKernelVjp,
  flipSpatialKernel,
} from '../../src/kernels/index.js';
import {
  type GradientTable,
  gradientTable,
  type IndexStyle,
  indexStyles,
  type TableTerm,
} from '../../src/teach/index.js';
import { cellAt, cells, integers } from '../kernels/values.js';

const between = (min: number, max: number) => fc.integer({ min, max });

const axis = fc.record({
  input: between(1, 4),
  kernel: between(1, 3),
  stride: between(1, 3),
  dilation: between(1, 2),
  before: between(0, 2),
  after: between(0, 2),
});

const calls = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
  batch: between(1, 2),
  groups: between(1, 2),
  inPerGroup: between(1, 2),
  outPerGroup: between(1, 2),
  convention: fc.constantFrom('correlation', 'convolution'),
  index: fc.constantFrom(...indexStyles),
  /** One long axis now and then: its indices need commas. */
  long: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  seed: between(0, 2 ** 30),
});

type Values = (factor: string) => number;

/** Reads X_{12}, X_{1,12} or X_{7} as the index style has it; written apart from the names under test. */
function reader(shape: readonly number[], data: ArrayLike<number>, style: IndexStyle): Values {
  return factor => {
    const mark = /_\{(.*)\}$/u.exec(factor)![1]!;
    const running = style.startsWith('running');
    const parts = running ? [mark] : mark.includes(',') ? mark.split(',') : [...mark];
    const index = parts.map(part => Number(part) - (style.endsWith('0') ? 0 : 1));
    return data[running ? index[0]! : cellAt(shape, index)]!;
  };
}

/** The value of one cell; "dL/dO" and the tensors' names choose the reader. */
function evaluate(terms: readonly TableTerm[], readers: Readonly<Record<string, Values>>): number {
  const factor = (name: string) => readers[name.slice(0, name.lastIndexOf('_'))]!(name);
  const product = ({ coefficient, factors }: TableTerm) =>
    factors.map(factor).reduce((a, b) => a * b, Number(coefficient));
  return terms.map(product).reduce((a, b) => a + b, 0);
}

const part = (table: GradientTable, of: string) => table.cells.filter(cell => cell.of === of);
const plain = (values: Iterable<number>) => Array.from(values, value => value + 0);

const seen = new Set<string>();
afterAll(() => {
  expect([...seen].sort()).toEqual([
    'comma',
    'convolution',
    'empty',
    'groups',
    'rank 1',
    'rank 2',
    'rank 3',
    'zero',
  ]);
});

test('every sum of terms is what the kernels compute', () => {
  fc.assert(
    fc.property(
      calls,
      ({ axes: drawn, batch, groups, inPerGroup, outPerGroup, convention, index, long, seed }) => {
        const axes = drawn.map((it, k) => (long && k === 0 && drawn.length < 3 ? { ...it, input: 11 } : it));
        const shapes = {
          X: [batch, groups * inPerGroup, ...axes.map(it => it.input)],
          F: [groups * outPerGroup, inPerGroup, ...axes.map(it => it.kernel)],
          b: [groups * outPerGroup],
        };
        const geometry = {
          stride: axes.map(it => it.stride),
          dilation: axes.map(it => it.dilation),
          padding: axes.map(it => [it.before, it.after] as const),
          groups,
        };
        const table = gradientTable(`conv${axes.length}d`, {
          input: { name: 'X', shape: shapes.X },
          kernel: { name: 'F', shape: shapes.F },
          bias: { name: 'b', shape: shapes.b },
          params: { ...geometry, convention },
          index,
        });
        const tensor = (shape: readonly number[], salt: number) => integers(shape, seed + salt, 'float64');
        const [x, f, b] = [tensor(shapes.X, 1), tensor(shapes.F, 2), tensor(shapes.b, 3)];
        const turned = (w: typeof f) => (convention === 'convolution' ? flipSpatialKernel(w) : w);
        const y = convForward({ x, w: turned(f), b }, geometry);
        const yBar = tensor(y.shape, 4);
        const readers = {
          X: reader(shapes.X, x.data, index),
          F: reader(shapes.F, f.data, index),
          b: reader(shapes.b, b.data, index),
          'dL/dO': reader(y.shape, yBar.data, index),
        };
        const evaluated = (of: string) => part(table, of).map(cell => evaluate(cell.terms, readers));

        expect(table.shapes.output).toEqual(y.shape);
        expect(plain(evaluated('forward'))).toEqual(plain(y.data));
        expect(plain(evaluated('input'))).toEqual(
          plain(convInputVjp(yBar, turned(f), shapes.X, geometry).data),
        );
        const wBar = turned(convKernelVjp(yBar, x, shapes.F, geometry));
        expect(plain(evaluated('kernel'))).toEqual(plain(wBar.data));
        expect(plain(evaluated('bias'))).toEqual(plain(convBiasVjp(yBar).data));

        // The chain rule with the local gradients put in gives the gradients again.
        const local = new Map(part(table, 'local').map(cell => [cell.cell, evaluate(cell.terms, readers)]));
        expect(local.size).toBe(cells(y.shape) * (cells(shapes.X) + cells(shapes.F) + cells(shapes.b)));
        const chained = part(table, 'chain').map(({ terms }) =>
          terms.reduce((sum, { factors: [upstream, partial] }) => {
            return sum + readers['dL/dO'](upstream!) * local.get(partial!)!;
          }, 0),
        );
        expect(plain(chained)).toEqual(plain(['input', 'kernel', 'bias'].flatMap(evaluated)));

        seen.add(`rank ${axes.length}`);
        if (convention === 'convolution') seen.add('convolution');
        if (groups > 1) seen.add('groups');
        if (cells(y.shape) === 0) seen.add('empty');
        if (cells(y.shape) > 0 && part(table, 'input').some(cell => cell.plain === '0')) seen.add('zero');
        if (part(table, 'forward').some(cell => cell.cell.includes(','))) seen.add('comma');
      },
    ),
    { seed: 7, numRuns: 150 },
  );
}, 60_000);
