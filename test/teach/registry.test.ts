/** Every operator of the registry has its table, in every format. */
import { describe, expect, test } from 'vitest';
import { type Example, isSumOfProducts, type Operator, operators, resolve } from '../../src/ops/index.js';
import { symbolic } from '../../src/proof/index.js';
import { gradientTable, renderTable, type TableOptions, tableFormats } from '../../src/teach/index.js';
import { size } from '../../src/tensor/index.js';

const calls = operators.flatMap(operator =>
  operator.examples.map((example, k) => ({ title: `${operator.name}, example ${k}`, operator, example })),
);

function optionsOf(operator: Operator, { shapes, params }: Example): TableOptions {
  const named = (name: string) => shapes[name] && { name: name.toUpperCase(), shape: shapes[name] };
  const [kernel, bias] = [named('w'), named('b')];
  const others = Object.keys(operator.inputs).filter(name => !['x', 'w', 'b'].includes(name));
  const { rank } = resolve(operator, shapes, params);
  return {
    input: named('x')!,
    kernel,
    bias,
    others: Object.fromEntries(
      others.flatMap(name => (shapes[name] ? [[name, { shape: shapes[name] }]] : [])),
    ),
    params,
    of: ['forward', 'input', ...(kernel ? (['kernel'] as const) : []), ...(bias ? (['bias'] as const) : [])],
    rank,
  };
}

describe.each(calls)('$title', ({ operator, example }) => {
  const table = gradientTable(operator, optionsOf(operator, example));
  const whole = symbolic(operator, example.shapes, example.params);
  const isProductSum = isSumOfProducts(operator, whole.call.params, whole.call.rank);

  test('has every cell of the output and of the gradients, with as many products', () => {
    const products = (of: string) =>
      table.cells.filter(cell => cell.of === of).map(cell => (cell.plain === '0' ? 0 : cell.terms.length));
    const expected = (texts: readonly string[]) =>
      texts.map(text => (text === '0' ? 0 : text.split(/ [+-] /u).length));
    if (isProductSum) expect(products('forward')).toEqual(expected(whole.output.texts()));
    else expect(products('forward')).toEqual(whole.output.texts().map(() => 1));
    const roles = { x: 'input', w: 'kernel', b: 'bias' } as const;
    for (const [tensor, gradient] of Object.entries(whole.gradients).filter(([name]) => name in roles))
      if (isProductSum)
        expect(products(roles[tensor as keyof typeof roles])).toEqual(expected(gradient.texts()));
    expect(size(table.shapes.output)).toBe(size(whole.call.output));
    expect(new Set(table.cells.map(({ of, cell }) => `${of} ${cell}`)).size).toBe(table.cells.length);
  });

  test('writes out parameters that mean the same', () => {
    expect(Object.keys(table.params)).toEqual(Object.keys(operator.params));
    const again = resolve(operator, example.shapes, table.params);
    expect([again.sizes, again.output]).toEqual([whole.call.sizes, whole.call.output]);
    for (const [name, value] of Object.entries(table.params)) {
      if (typeof value === 'number') expect(operator.letters[name] ?? '').not.toContain('@');
    }
  });

  test('renders in every format', async () => {
    for (const format of tableFormats) {
      expect(await renderTable(table, format)).toMatch(/[^\n]\r?\n$/u);
    }
  });
});

test('the loop covers operators with and without a kernel', () => {
  expect(calls.length).toBeGreaterThanOrEqual(operators.length);
});
