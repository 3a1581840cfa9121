/** The laws that every operator of the registry passes, on its own examples. */
import { describe, expect, test } from 'vitest';
import { vjp } from '../../src/autodiff/index.js';
import { BackproofError } from '../../src/error.js';
import { rational } from '../../src/exact/index.js';
import { type Expr, evaluateAll, exact, variable } from '../../src/expr/index.js';
import {
  cellExpressions,
  evaluateProgram,
  exactAlgebra,
  linearityIn,
  parseProgram,
  programText,
} from '../../src/index-sum/index.js';
import {
  definitionOf,
  type FloatTensor,
  type Inputs,
  isSumOfProducts,
  operatorNamed,
  operators,
  type Resolved,
  resolve,
} from '../../src/ops/index.js';
import { atShape, mistakeCells, proveGradients, symbolic } from '../../src/proof/index.js';
import { fromArray, type Shape, size, unravel } from '../../src/tensor/index.js';
import { cellValues, integerTensor } from './numbers.js';

const cases = operators.flatMap(operator =>
  operator.examples.map((example, k) => ({
    name: `${operator.name}, example ${k + 1}`,
    operator,
    call: resolve(operator, example.shapes, example.params),
  })),
);

const inputsOf = (call: Resolved, seed: number): Inputs =>
  Object.fromEntries(
    Object.entries(call.inputs).map(([name, shape], k) => [name, integerTensor(shape, seed + k)]),
  );

/** Definitions with maxima, pointwise functions or reciprocals have laws of their own, in functions.test.ts. */
const isPlain = ({ operator, call }: (typeof cases)[number]) =>
  isSumOfProducts(operator, call.params, call.rank);

describe.each(cases.filter(isPlain))('$name', ({ operator, call }) => {
  const inputs = inputsOf(call, 1);
  const program = definitionOf(operator, call.params, call.rank);
  const kernelOutput = operator.kernel.forward(inputs, call);

  test('the definition evaluated exactly is what the kernel computes', () => {
    const given = Object.entries(inputs).map(([name, { shape, data }]) => {
      return [name, { shape, values: [...data].map(value => rational.from(value)) }] as const;
    });
    const { shape, values } = evaluateProgram(program, call.sizes, new Map(given), exactAlgebra);
    expect(shape).toEqual(call.output);
    expect(kernelOutput.shape).toEqual(call.output);
    expect(values.map(rational.toNumber)).toEqual([...kernelOutput.data]);
  });

  test('a float32 kernel gives the same integers, and keeps its type', () => {
    const single = Object.entries(inputs).map(
      ([name, { shape, data }]) => [name, fromArray(shape, data, 'float32')] as const,
    );
    const output = operator.kernel.forward(Object.fromEntries(single), call);
    expect(output.dtype).toBe('float32');
    expect([...output.data]).toEqual([...kernelOutput.data]);
  });

  test('the gradients are those of reverse mode over the cells as expressions', () => {
    const yBar = integerTensor(call.output, 9);
    const cells = cellExpressions(program, call.sizes, call.inputs).values;
    const cotangents = cells.map((_, cell) => variable('yBar', unravel(call.output, cell)));
    const gradient = vjp(cells, cotangents);
    const lookup: Inputs = { ...inputs, yBar };
    const value = (expr: Expr) =>
      rational.toNumber(
        evaluateAll([expr], exact, ({ tensor, index }) => rational.from(at(lookup[tensor]!, index)))[0]!,
      );
    for (const [name, { shape, cells: symbolicCells }] of Object.entries(
      symbolic(operator, call.inputs, call.params).gradients,
    )) {
      const reverse = Array.from({ length: size(shape) }, (_, cell) =>
        value(gradient.at(name, unravel(shape, cell))),
      );
      expect(reverse).toEqual(cellValues(symbolicCells, lookup));
      const kernel = operator.kernel.vjp[name]?.(yBar, inputs, call);
      if (kernel) expect([...kernel.data]).toEqual(reverse);
    }
  });

  test('linear inputs are linear: integer differences are exact', () => {
    for (const name of Object.keys(call.inputs)) {
      const kind = linearityIn(program, name);
      expect(['linear', 'affine']).toContain(kind);
      const moved = integerTensor(call.inputs[name]!, 77);
      const sum = { ...inputs, [name]: plus(inputs[name]!, moved) };
      const zero = {
        ...inputs,
        [name]: fromArray(moved.shape, new Array<number>(size(moved.shape)).fill(0)),
      };
      // A product with 0 may be -0.
      const run = (at: Inputs) => [...operator.kernel.forward(at, call).data].map(value => value + 0);
      const [together, first, second, none] = [
        run(sum),
        run(inputs),
        run({ ...inputs, [name]: moved }),
        run(zero),
      ];
      expect(together).toEqual(first.map((value, k) => value + second[k]! - none[k]!));
      if (kind === 'linear') expect(none.every(value => value === 0)).toBe(true);
    }
  });
});

describe.each(operators.map(operator => [operator.name, operator] as const))('%s', (_, operator) => {
  const calls = operator.examples.map(example => resolve(operator, example.shapes, example.params));

  test('every claim is proved at the shapes of the examples', () => {
    for (const call of calls) {
      const claims = operator.claims(call.params, call.rank) as Readonly<Record<string, { kind: string }>>;
      const claimed = Object.keys(call.inputs).filter(name => claims[name]!.kind !== 'hole');
      const reports = [...proveGradients(operator, call, claimed)];
      expect(reports.map(report => [report.wrt, report.verdict])).toEqual(
        claimed.map(name => [name, 'PROVED']),
      );
    }
  });

  test('each known mistake is refused and named on some example', () => {
    for (const mistake of operator.mistakes) {
      const verdicts = calls.map(call => {
        const claim = mistake.claim(call.params, call.rank);
        if (!mistakeCells(atShape(operator, call)(mistake.wrt), claim)) return 'does not fit';
        const [report] = proveGradients(operator, call, [mistake.wrt], { claim });
        const named = report!.counterexample?.mistakes.some(one => one.name === mistake.name);
        return report!.verdict === 'REFUTED' && named ? 'refused and named' : report!.verdict;
      });
      expect(verdicts, mistake.name).toContain('refused and named');
    }
  });

  test('the mistakes differ from each other on some example', () => {
    for (const [k, one] of operator.mistakes.entries()) {
      for (const other of operator.mistakes.slice(k + 1).filter(({ wrt }) => wrt === one.wrt)) {
        const differs = calls.some(call => {
          const at = atShape(operator, call)(one.wrt);
          const cells = [one, other].map(({ claim }) => mistakeCells(at, claim(call.params, call.rank)));
          const [a, b] = [cells[0]!, cells[1]!];
          return a && b ? at.difference(a, b) !== null : Boolean(a) !== Boolean(b);
        });
        expect(differs, `${one.name} and ${other.name}`).toBe(true);
      }
    }
  });

  test('bad calls are refused with their code', () => {
    expect(operator.badCalls.length).toBeGreaterThan(0);
    for (const { shapes, params, code } of operator.badCalls) {
      let got: unknown = 'accepted';
      try {
        resolve(operator, shapes, params);
      } catch (error) {
        got = error instanceof BackproofError ? error.code : error;
      }
      expect(got, JSON.stringify({ shapes, params })).toBe(code);
    }
  });

  test('the definition reads back from its printed text', () => {
    for (const { params, rank } of calls) {
      const program = definitionOf(operator, params, rank);
      expect(parseProgram(programText(program), rank)).toEqual(program);
    }
  });

  test('claims are made of registered operators and have the shape of the input', () => {
    for (const call of calls) {
      for (const [name, claim] of Object.entries(operator.claims(call.params, call.rank))) {
        if (claim.kind === 'hole' || !call.inputs[name]) continue;
        expect(atShape(operator, call)(name).cells(claim).shape).toEqual(call.inputs[name]);
      }
    }
  });
});

test('the registry holds each name once, and finds it', () => {
  const names = operators.map(operator => operator.name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(operatorNamed(name).name).toBe(name);
  expect(() => operatorNamed('conv4d')).toThrow(/unknown-operator/);
});

function at(tensor: FloatTensor, index: readonly number[]): number {
  return tensor.data[tensor.shape.reduce((flat, extent, axis) => flat * extent + index[axis]!, 0)]!;
}

function plus(a: FloatTensor, b: FloatTensor): FloatTensor {
  const shape: Shape = a.shape;
  return fromArray(
    shape,
    Array.from(a.data, (value, k) => value + b.data[k]!),
  );
}
