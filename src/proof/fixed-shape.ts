/** Proofs for all values at one shape: the derivative of the definition equals the claim, cell by cell. */
import { BackproofError } from '../error.js';
import { type Cells, productCount } from '../index-sum/index.js';
import { type Claim, claimText, type Operator, type Resolved } from '../ops/index.js';
import { type Shape, sameShape, shapeText, size, unravel } from '../tensor/index.js';
import { type AtShape, atShape, mistakeCells } from './at-shape.js';
import { bracketNames, cellTexts } from './cell-text.js';
import type { Difference } from './compare.js';
import { SAME_VALUE } from './refute/meaning.js';
import type { Counterexample, OneShapeReport } from './theorem.js';

export interface ProofOptions {
  /** Judged in place of the operator's own claim. */
  readonly claim?: Claim | ((params: Resolved['params'], rank: number) => Claim);
  /** Hears the cells done so far, of how many. */
  readonly watch?: (done: number, of: number) => void;
}

/**
 * Proves or refutes the claimed gradient of each input present, for all values at the call's shapes.
 * @throws BackproofError `shape-too-large` above 10 million products.
 */
export function* proveGradients(
  operator: Operator,
  call: Resolved,
  inputs: readonly string[],
  options: ProofOptions = {},
): Generator<OneShapeReport> {
  const about = atShape(operator, call);
  for (const wrt of inputs) yield proveGradient(operator, call, wrt, options, about);
}

function proveGradient(
  operator: Operator,
  call: Resolved,
  wrt: string,
  options: ProofOptions,
  about: (wrt: string) => AtShape,
): OneShapeReport {
  const started = performance.now();
  const { params, rank } = call;
  const own = operator.claims(params, rank)[wrt]!;
  const claimed = typeof options.claim === 'function' ? options.claim(params, rank) : (options.claim ?? own);
  const at = about(wrt);
  const base = {
    id: `${operator.name}/${wrt}`,
    operator: operator.name,
    wrt,
    rung: 'one-shape' as const,
    domain: `for all values of ${domainText(call)}`,
    cells: size(at.gradient.shape),
    products: productCount(at.gradient),
    certificate: null,
  };
  const finish = (rest: Pick<OneShapeReport, 'verdict' | 'claim' | 'counterexample' | 'residual'>) => ({
    ...base,
    assumptions: [...at.readings(), 'exact arithmetic in a commutative ring; rounding is not covered'],
    ...rest,
    ms: performance.now() - started,
  });
  if (claimed.kind === 'hole') {
    return finish({ verdict: 'UNKNOWN', claim: 'none', counterexample: null, residual: claimed.reason });
  }
  const claim = claimText(claimed, call);
  const counterexample = refute(operator, call, wrt, at, claimed, options);
  if (counterexample === 'formulas only')
    return finish({ verdict: 'UNKNOWN', claim, counterexample: null, residual: SAME_VALUE });
  const verdict = counterexample ? 'REFUTED' : 'PROVED';
  return finish({ verdict, claim, counterexample, residual: null });
}

function refute(
  operator: Operator,
  call: Resolved,
  wrt: string,
  at: AtShape,
  claim: Claim,
  { watch }: ProofOptions,
): Counterexample | 'formulas only' | null {
  const cells = at.cells(claim);
  const { gradient } = at;
  if (!sameShape(cells.shape, gradient.shape)) throw wrongShape(operator, wrt, cells.shape, gradient.shape);
  const of = size(gradient.shape);
  let difference = at.difference(gradient, cells, done => watch?.(done, of));
  if (!difference) return null;
  const isReal = at.isReal(claim);
  while (difference && !isReal(difference.cell))
    difference = at.difference(gradient, cells, undefined, difference.cell + 1);
  return difference ? describe(operator, call, wrt, at, cells, difference) : 'formulas only';
}

function describe(
  operator: Operator,
  call: Resolved,
  wrt: string,
  at: AtShape,
  claim: Cells,
  { cell, monomial, left, right }: Difference,
): Counterexample {
  const { gradient, shapeOf } = at;
  const nameOf = ({ tensor, cell: place }: (typeof monomial)[number]) =>
    bracketNames(tensor, shapeOf(tensor))[place]!;
  return {
    sizes: null,
    index: unravel(gradient.shape, cell),
    definition: cellText(gradient, cell, shapeOf),
    claim: cellText(claim, cell, shapeOf),
    monomial: monomial.map(nameOf).join('*') || '1',
    definitionCoefficient: String(left),
    claimCoefficient: String(right),
    mistakes: likelyMistakes(operator, call, wrt, at, claim),
  };
}

function cellText(cells: Cells, cell: number, shapes: (tensor: string) => Shape): string {
  const blocks = cells.blocks.map(block => {
    const [from, to] = [block.starts[cell]!, block.starts[cell + 1]!];
    const starts = Int32Array.of(0, to - from);
    return { ...block, starts, columns: block.columns.map(column => column.subarray(from, to)) };
  });
  return cellTexts({ shape: [], blocks }, shapes)[0]!;
}

/** The operator's known mistakes whose claim is this one, cell by cell. */
function likelyMistakes(
  operator: Operator,
  { params, rank }: Resolved,
  wrt: string,
  at: AtShape,
  claim: Cells,
): Counterexample['mistakes'] {
  return operator.mistakes
    .filter(mistake => mistake.wrt === wrt)
    .filter(mistake => {
      const cells = mistakeCells(at, mistake.claim(params, rank));
      return cells !== null && at.difference(cells, claim) === null;
    })
    .map(({ name, says }) => ({ name, says }));
}

function domainText({ inputs, params }: Resolved): string {
  const shapes = Object.entries(inputs).map(([name, shape]) => `${name} ${shapeText(shape)}`);
  const settings = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [...shapes, ...settings].join(', ').replaceAll('"', '');
}

function wrongShape(operator: Operator, wrt: string, got: Shape, expected: Shape): BackproofError {
  return new BackproofError({
    code: 'claim-shape-mismatch',
    where: `prove ${operator.name}, gradient of ${wrt}`,
    what: 'the claimed gradient has another shape than the input',
    expected: shapeText(expected),
    got: shapeText(got),
    fix: 'Window the claim to the shape of the input.',
    data: { expected, got },
  });
}
