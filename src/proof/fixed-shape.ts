/** Proofs for all values at one shape: the derivative of the definition equals the claim, cell by cell. */
import { BackproofError } from '../error.js';
import { type Cells, gradientCells, productCount, walkTerm } from '../index-sum/index.js';
import {
  type Claim,
  COTANGENT,
  claimCells,
  claimText,
  definitionOf,
  forwardCells,
  type Operator,
  type Resolved,
  tensorShape,
} from '../ops/index.js';
import { type Shape, sameShape, shapeText, size, unravel } from '../tensor/index.js';
import { bracketNames, cellTexts } from './cell-text.js';
import { type Difference, firstDifference } from './compare.js';
import type { Counterexample, OneShapeReport } from './theorem.js';

/** Products of the forward pass; beyond it the term lists would not fit in about 1 GB. */
const PRODUCT_CAP = 10_000_000;

export interface ProofOptions {
  /** Judged in place of the operator's own claim. */
  readonly claim?: Claim;
  /** Hears the cells done so far, of how many. */
  readonly watch?: (done: number, of: number) => void;
}

/**
 * Proves or refutes the claimed gradient of each input present, for all values at the call's shapes.
 * The forward cells are expanded once and shared.
 * @throws BackproofError `shape-too-large` above 10 million products.
 */
export function* proveGradients(
  operator: Operator,
  call: Resolved,
  inputs: readonly string[],
  options: ProofOptions = {},
): Generator<OneShapeReport> {
  refuseTooLarge(operator, call);
  const forward = forwardCells(operator, call);
  for (const wrt of inputs) yield proveGradient(operator, call, forward, wrt, options);
}

function proveGradient(
  operator: Operator,
  call: Resolved,
  forward: Cells,
  wrt: string,
  options: ProofOptions,
): OneShapeReport {
  const started = performance.now();
  const claimed = options.claim ?? operator.claims(call.params)[wrt]!;
  const gradient = gradientCells(forward, wrt, call.inputs[wrt]!, COTANGENT);
  const base = {
    id: `${operator.name}/${wrt}`,
    operator: operator.name,
    wrt,
    rung: 'one-shape' as const,
    domain: `for all values of ${domainText(call)}`,
    assumptions: ['exact arithmetic in a commutative ring; rounding is not covered'],
    cells: size(gradient.shape),
    products: productCount(gradient),
    certificate: null,
  };
  const finish = (rest: Pick<OneShapeReport, 'verdict' | 'claim' | 'counterexample' | 'residual'>) => ({
    ...base,
    ...rest,
    ms: performance.now() - started,
  });
  if (claimed.kind === 'hole') {
    return finish({ verdict: 'UNKNOWN', claim: 'none', counterexample: null, residual: claimed.reason });
  }
  const counterexample = refute(operator, call, wrt, gradient, claimed, options);
  const verdict = counterexample ? 'REFUTED' : 'PROVED';
  return finish({ verdict, claim: claimText(claimed, call), counterexample, residual: null });
}

function refute(
  operator: Operator,
  call: Resolved,
  wrt: string,
  gradient: Cells,
  claim: Claim,
  { watch }: ProofOptions,
): Counterexample | null {
  const cells = claimCells(claim, call);
  if (!sameShape(cells.shape, gradient.shape)) throw wrongShape(operator, wrt, cells.shape, gradient.shape);
  const of = size(gradient.shape);
  const difference = firstDifference(
    gradient,
    cells,
    tensor => tensorShape(call, tensor),
    done => watch?.(done, of),
  );
  return difference && describe(operator, call, wrt, gradient, cells, difference);
}

function describe(
  operator: Operator,
  call: Resolved,
  wrt: string,
  gradient: Cells,
  claim: Cells,
  { cell, monomial, left, right }: Difference,
): Counterexample {
  const shapes = (tensor: string) => tensorShape(call, tensor);
  const nameOf = ({ tensor, cell: at }: (typeof monomial)[number]) =>
    bracketNames(tensor, shapes(tensor))[at]!;
  return {
    sizes: null,
    index: unravel(gradient.shape, cell),
    definition: cellText(gradient, cell, shapes),
    claim: cellText(claim, cell, shapes),
    monomial: monomial.map(nameOf).join('*') || '1',
    definitionCoefficient: String(left),
    claimCoefficient: String(right),
    mistakes: likelyMistakes(operator, call, wrt, claim),
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
  call: Resolved,
  wrt: string,
  claim: Cells,
): Counterexample['mistakes'] {
  return operator.mistakes
    .filter(mistake => mistake.wrt === wrt)
    .filter(mistake => {
      const cells = mistakeCells(mistake.claim(call.params), call);
      if (!cells || !sameShape(cells.shape, claim.shape)) return false;
      return firstDifference(cells, claim, tensor => tensorShape(call, tensor)) === null;
    })
    .map(({ name, says }) => ({ name, says }));
}

/** The cells of a mistaken claim, or null where it does not even fit the shapes. */
export function mistakeCells(claim: Claim, call: Resolved): Cells | null {
  try {
    return claimCells(claim, call);
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

function domainText({ inputs, params }: Resolved): string {
  const shapes = Object.entries(inputs).map(([name, shape]) => `${name} ${shapeText(shape)}`);
  const settings = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [...shapes, ...settings].join(', ').replaceAll('"', '');
}

function refuseTooLarge(operator: Operator, call: Resolved): void {
  let products = 0;
  for (const stage of definitionOf(operator, call.params, call.rank).stages) {
    if (stage.kind !== 'sum') continue;
    for (const term of stage.terms.filter(one => one.atoms.every(atom => call.inputs[atom.tensor]))) {
      walkTerm(
        term,
        stage.free,
        call.sizes,
        tensor => call.inputs[tensor]!,
        () => {
          if (++products > PRODUCT_CAP) throw tooLarge(operator, call);
        },
      );
    }
  }
}

function tooLarge(operator: Operator, call: Resolved): BackproofError {
  return new BackproofError({
    code: 'shape-too-large',
    where: `prove ${operator.name}`,
    what: 'the expanded proof at this shape would need too much memory',
    expected: `at most ${PRODUCT_CAP} products in the forward pass`,
    got: `more, at ${domainText(call)}`,
    fix: 'Take a smaller shape: the same formulas are tested by far fewer cells.',
    data: { cap: PRODUCT_CAP },
  });
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
