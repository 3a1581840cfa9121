/** The operator of a setup at its shape: every cell and every derivative as an expression, built when asked for. */
import { vjp } from '../../autodiff/index.js';
import { BackproofError } from '../../error.js';
import { constant, type Expr, product, sum, type Variable, variable } from '../../expr/index.js';
import { COTANGENT } from '../../ops/index.js';
import { type CellTerm, cellTerms, type Symbolic, type SymbolicTensor, symbolic } from '../../proof/index.js';
import { size } from '../../tensor/index.js';
import { isCovered } from '../setup/covered.js';
import { type Setup, TENSOR_OF_ROLE } from '../setup/setup.js';
import { Refusal } from './refusal.js';

/** The tensors that the setup leaves open; everything else is made of their cells. */
export type Given = 'input' | 'kernel' | 'bias' | 'upstream';

/** Tensors that have a gradient. */
export type Source = Exclude<Given, 'upstream'>;

export interface Model {
  readonly setup: Setup;
  readonly symbolic: Symbolic;
  /** Results by what was asked, e.g. "local 3 kernel 1". */
  readonly known: Map<string, Expr>;
  /** For each tensor, the cells whose definition has a product, by the product's key. */
  readonly places: Map<Source | 'output', ReadonlyMap<string, readonly number[]>>;
}

/** Products of the forward pass beyond which a setup is not written out. */
const PRODUCT_CAP = 4_000_000;

const VARIABLE_OF: Readonly<Record<Given, string>> = {
  input: TENSOR_OF_ROLE.input,
  kernel: TENSOR_OF_ROLE.kernel,
  bias: TENSOR_OF_ROLE.bias,
  upstream: COTANGENT,
};

const GIVEN_OF: ReadonlyMap<string, Given> = new Map(
  (['input', 'kernel', 'bias', 'upstream'] as const).map(given => [VARIABLE_OF[given], given]),
);

/** The tensor a variable is a cell of; null for a variable that stands for something else. */
export function givenOf({ tensor }: Variable): Given | null {
  return GIVEN_OF.get(tensor) ?? null;
}

/** A refusal for an operator whose cells are no sums of products of named tensors, and for shapes too large to write out. */
export function modelOf(setup: Setup): Model | Refusal {
  const { operator, call } = setup;
  if (!isCovered(operator, call.params, call.rank)) {
    return new Refusal('not-covered', `hand derivations of ${operator.name} are not covered`);
  }
  const kernel = call.inputs.w;
  const perCell = kernel ? size(kernel) / Math.max(1, kernel[0] ?? 1) : 1;
  if (size(call.output) * perCell > PRODUCT_CAP) {
    return new Refusal('not-covered', 'the setup is too large to be written out cell by cell');
  }
  try {
    return {
      setup,
      symbolic: symbolic(operator, call.inputs, call.params),
      known: new Map(),
      places: new Map(),
    };
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    return new Refusal('not-covered', `hand derivations of ${operator.name} are not covered: ${error.what}`);
  }
}

export function givenCell(given: Given, cell: number): Expr {
  return variable(VARIABLE_OF[given], [cell]);
}

/** O_p in cells of the inputs. */
export function forwardCell(model: Model, cell: number): Expr {
  return remember(model, `forward ${cell}`, () => exprOf(forwardTerms(model, cell)));
}

/** dL/dX_q in cells of the inputs and of dL/dO. */
export function gradientCell(model: Model, source: Source, cell: number): Expr {
  return remember(model, `gradient ${source} ${cell}`, () => exprOf(gradientTerms(model, source, cell)));
}

/** dO_p/dX_q, the exact derivative of the forward cell. */
export function localCell(model: Model, output: number, source: Source, cell: number): Expr {
  return remember(model, `local ${output} ${source} ${cell}`, () =>
    vjp([forwardCell(model, output)], [constant(1)]).at(VARIABLE_OF[source], [cell]),
  );
}

export function forwardTerms({ symbolic }: Model, cell: number): readonly CellTerm[] {
  return cellTerms(symbolic.output.cells, cell);
}

export function gradientTerms({ symbolic }: Model, source: Source, cell: number): readonly CellTerm[] {
  return cellTerms(gradientTensor(symbolic, source).cells, cell);
}

export interface Factor {
  readonly given: Given;
  readonly cell: number;
}

/** The factors of a term as cells of given tensors. */
export function factorsOf(term: CellTerm): readonly Factor[] {
  return term.factors.map(({ tensor, cell }) => ({ given: GIVEN_OF.get(tensor)!, cell }));
}

/** The cells of a tensor whose definition has the product of these given cells. */
export function cellsWith(
  model: Model,
  tensor: Source | 'output',
  factors: readonly Factor[],
): readonly number[] {
  const places = model.places.get(tensor) ?? placesOf(model, tensor);
  model.places.set(tensor, places);
  return places.get(productKey(factors)) ?? [];
}

function placesOf(model: Model, tensor: Source | 'output'): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (let cell = 0; cell < cellCount(model, tensor); cell++) {
    const terms = tensor === 'output' ? forwardTerms(model, cell) : gradientTerms(model, tensor, cell);
    for (const key of new Set(terms.map(term => productKey(factorsOf(term))))) {
      const cells = places.get(key);
      if (cells) cells.push(cell);
      else places.set(key, [cell]);
    }
  }
  return places;
}

function productKey(factors: readonly Factor[]): string {
  return factors
    .map(({ given, cell }) => `${given} ${cell}`)
    .sort()
    .join('*');
}

/** How many cells a tensor has. */
export function cellCount({ symbolic }: Model, tensor: Given | 'output'): number {
  if (tensor === 'output' || tensor === 'upstream') return size(symbolic.output.shape);
  return size(gradientTensor(symbolic, tensor).shape);
}

function gradientTensor({ gradients, operator }: Symbolic, source: Source): SymbolicTensor {
  const found = gradients[TENSOR_OF_ROLE[source]];
  if (found) return found;
  throw new Refusal('not-covered', `${operator.name} has no ${source} in this setup`);
}

function exprOf(terms: readonly CellTerm[]): Expr {
  return sum(
    terms.map(({ coefficient, factors }) => {
      const cells = factors.map(({ tensor, cell }) => variable(tensor, [cell]));
      return product(coefficient === 1 ? cells : [constant(coefficient), ...cells]);
    }),
  );
}

function remember({ known }: Model, key: string, build: () => Expr): Expr {
  const found = known.get(key) ?? build();
  known.set(key, found);
  return found;
}
