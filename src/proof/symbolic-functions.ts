/** The cells of an operator whose definition goes beyond sums of products, and of its gradients. */
import { BackproofError } from '../error.js';
import { simplifyAll } from '../expr/index.js';
import { cellExpressions, variableCells } from '../index-sum/index.js';
import {
  type Claim,
  definitionOf,
  type Operator,
  OUTPUT,
  type Resolved,
  realParameters,
} from '../ops/index.js';
import { atShape } from './at-shape.js';
import { formulasAt } from './formulas.js';
import { instanceAt } from './instance.js';
import { answer } from './statement/question.js';
import { type SymbolicTensor, symbolicTensor } from './symbolic-tensor.js';

/** Stands for the output's own formulas. */
const FORMULA = 'f(x)';

interface Tensors {
  readonly output: SymbolicTensor;
  readonly gradients: Readonly<Record<string, SymbolicTensor>>;
}

/** @throws BackproofError `claim-refuted`, `shape-too-large`. */
export function symbolicFunctions(operator: Operator, call: Resolved): Tensors {
  const inputs = Object.keys(call.inputs);
  const gradients = inputs.map(wrt => [wrt, gradientOf(operator, call, wrt)] as const);
  return { output: outputOf(operator, call), gradients: Object.fromEntries(gradients) };
}

function outputOf(operator: Operator, call: Resolved): SymbolicTensor {
  const { params, rank, sizes, inputs, output } = call;
  const reals = realParameters(operator, params, rank).map(name => [name, []] as const);
  const shapes = { ...inputs, ...Object.fromEntries(reals) };
  const { values } = cellExpressions(definitionOf(operator, params, rank), sizes, shapes);
  const formulas = simplifyAll(values).map(of => ({ kind: 'expression', of }) as const);
  const shapeOf = (tensor: string) => (tensor === FORMULA ? output : (shapes[tensor] ?? []));
  return symbolicTensor(variableCells(FORMULA, output), shapeOf, { [FORMULA]: formulas });
}

function gradientOf(operator: Operator, call: Resolved, wrt: string): SymbolicTensor {
  const claim = operator.claims(call.params, call.rank)[wrt]!;
  const isHole = claim.kind === 'hole';
  const instance = instanceAt(operator, call, wrt, isHole ? 'expanded' : 'named');
  const { question, gradient, cellsOf, shapeOf, values } = instance;
  if (!isHole) refuseWrong(operator, call, wrt, claim);
  const cells = isHole ? gradient() : cellsOf(answer(question, claim));
  const shapes = (tensor: string) => (tensor === OUTPUT ? call.output : shapeOf(tensor));
  return symbolicTensor(cells, shapes, formulasAt(question, shapes, values));
}

/** @throws BackproofError `claim-refuted`. */
function refuseWrong(operator: Operator, call: Resolved, wrt: string, claim: Claim): void {
  const { difference, gradient, cells } = atShape(operator, call)(wrt);
  if (difference(gradient, cells(claim)) !== null) throw refuted(operator, wrt);
}

function refuted({ name }: Operator, wrt: string): BackproofError {
  return new BackproofError({
    code: 'claim-refuted',
    where: `${name}, gradient of ${wrt}`,
    what: 'the claimed gradient is not the derivative of the definition at this shape',
    expected: 'a claim that holds',
    got: 'one that does not',
    fix: `See backproof prove ${name} --wrt ${wrt} at this shape.`,
  });
}
