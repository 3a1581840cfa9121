/** Chain rules in terms of dL/dO_k dO_k/dX_j: right ones, and ones with one cell changed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDerivation } from '../../../src/notes/index.js';
import { cellTerms, symbolic } from '../../../src/proof/index.js';
import { size } from '../../../src/tensor/index.js';
import {
  directive,
  form,
  type Layer,
  layerArbitrary,
  type Notation,
  type SignedTerm,
} from './random-notation.js';

interface Path {
  readonly upstream: number;
  readonly output: number;
  readonly cell: number;
}

const notation: Notation = {
  names: { x: 'X', w: 'F', y: 'O', loss: 'L' },
  index: 'running',
  comma: false,
  sign: ' ',
  derivative: 'partial',
  upstreamLast: false,
};

/** The products that a path stands for: yBar_p times the derivative of O_q by the cell. */
function productsOf(
  { upstream, output, cell }: Path,
  layer: Layer,
  tensor: 'x' | 'w',
): readonly SignedTerm[] {
  const { cells } = symbolic(layer.operator, layer.shapes, layer.params).output;
  return cellTerms(cells, output).flatMap(({ factors }) => {
    const at = factors.findIndex(factor => factor.tensor === tensor && factor.cell === cell);
    if (at < 0) return [];
    return [
      {
        sign: 1 as const,
        factors: [{ tensor: 'yBar', cell: upstream }, ...factors.filter((_, k) => k !== at)],
      },
    ];
  });
}

function judged(layer: Layer, tensor: 'x' | 'w', cell: number, paths: readonly Path[]) {
  const d = (of: string, by: string) => `\\frac{\\partial ${of}}{\\partial ${by}}`;
  const name = { x: 'X', w: 'F' }[tensor];
  const terms = paths.map(
    ({ upstream, output, cell: by }) =>
      `${d('L', `O_{${upstream + 1}}`)} ${d(`O_{${output + 1}}`, `${name}_{${by + 1}}`)}`,
  );
  const equation = `${d('L', `${name}_{${cell + 1}}`)} = ${terms.join(' + ')}`;
  return only(layer, equation);
}

function only(layer: Layer, equation: string) {
  const text = `${directive(layer, notation)}\n$$${equation}$$`;
  return checkDerivation(text, { format: 'markdown' }).equations[0]!;
}

test('one cell changed in a chain rule is found, unless it changes nothing', () => {
  let wrong = 0;
  const tensors = fc.constantFrom('x' as const, 'w' as const);
  const part = fc.constantFrom('upstream' as const, 'output' as const, 'cell' as const);
  fc.assert(
    fc.property(
      layerArbitrary,
      tensors,
      fc.nat(99),
      part,
      fc.nat(99),
      (layer, tensor, at, changed, choice) => {
        const outputs = size(layer.written.y!);
        const cell = at % size(layer.written[tensor]!);
        const paths = Array.from({ length: outputs }, (_, k): Path => ({ upstream: k, output: k, cell }));
        expect(judged(layer, tensor, cell, paths)).toMatchObject({ verdict: 'correct', rule: 'chain-rule' });
        const k = choice % outputs;
        const extent = changed === 'cell' ? size(layer.written[tensor]!) : outputs;
        const other = { ...paths[k]!, [changed]: (paths[k]![changed] + 1 + choice) % extent };
        const written = paths.map((path, j) => (j === k ? other : path));
        const value = (list: readonly Path[]) => form(list.flatMap(path => productsOf(path, layer, tensor)));
        const found = judged(layer, tensor, cell, written);
        expect(found.verdict).toBe(value(written) === value(paths) ? 'correct' : 'wrong');
        if (found.verdict !== 'wrong') return;
        wrong += 1;
        expect(only(layer, found.expected!).verdict).toBe('correct');
      },
    ),
    { seed: 7, numRuns: 200 },
  );
  expect(wrong).toBeGreaterThan(50);
});
