/** From the tree that mathjs reads to our nodes, without recursion. */
import type { AccessorNode, ConditionalNode, FunctionNode, MathNode } from 'mathjs';
import { type Rational, rational } from '../exact/index.js';
import { exact } from './arithmetic.js';
import { evaluate } from './evaluate.js';
import { functions, isFunctionName } from './functions.js';
import type { Expr } from './node.js';
import { call, constant, maximum, power, product, quotient, sum } from './node.js';
import { unknownFunction, unknownVariable, unreadable } from './parse-error.js';

/** The part of mathjs that is used here; a type only, so that loading stays with the caller. */
export type MathTools = Pick<
  typeof import('mathjs'),
  | 'isAccessorNode'
  | 'isBigNumber'
  | 'isConditionalNode'
  | 'isConstantNode'
  | 'isFunctionNode'
  | 'isOperatorNode'
  | 'isParenthesisNode'
  | 'isSymbolNode'
>;

export interface Source {
  readonly text: string;
  readonly resolve: (name: string) => Expr | undefined;
  readonly math: MathTools;
}

/** How a tree node becomes an expression: from its parts, once these are expressions. */
interface Plan {
  readonly parts: readonly MathNode[];
  readonly build: (...parts: readonly Expr[]) => Expr;
}

/** @throws BackproofError as `parse` does. */
export function exprOf(tree: MathNode, source: Source): Expr {
  const plans: { readonly node: MathNode; readonly plan: Plan }[] = [];
  const pending = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const plan = planOf(node, source);
    plans.push({ node, plan });
    for (const part of plan.parts) pending.push(part);
  }
  const built = new Map<MathNode, Expr>();
  for (const { node, plan } of plans.reverse()) {
    built.set(node, plan.build(...plan.parts.map(part => built.get(part)!)));
  }
  return built.get(tree)!;
}

function planOf(node: MathNode, source: Source): Plan {
  const { math, text } = source;
  if (math.isParenthesisNode(node)) return { parts: [node.content], build: inner => inner! };
  if (math.isConstantNode(node)) return leaf(numberOf(node.value, source));
  if (math.isSymbolNode(node)) return leaf(named(node.name, source));
  if (math.isAccessorNode(node)) return leaf(named(cellName(node, source), source));
  if (math.isOperatorNode(node)) return operatorPlan(node.fn, node.args, text);
  if (math.isFunctionNode(node)) return callPlan(node, source);
  if (math.isConditionalNode(node)) return selectPlan(node, source);
  throw unreadable(text, `a ${node.type}`);
}

const leaf = (expr: Expr): Plan => ({ parts: [], build: () => expr });

const negated = (expr: Expr): Expr => product([constant(-1), expr]);

function numberOf(value: unknown, { math, text }: Source): Expr {
  // The exponent is bounded because the digits are written out: 1e999999999 is short text.
  if (!math.isBigNumber(value) || !value.isFinite() || Math.abs(value.e) > 1000) {
    throw unreadable(text, `the constant ${value}`);
  }
  return constant(rational.from(value.toFixed()));
}

function named(name: string, { resolve, text }: Source): Expr {
  const found = resolve(name);
  if (found === undefined) throw unknownVariable(text, name);
  return found;
}

function cellName({ object, index }: AccessorNode, { math, text }: Source): string {
  const cell = index.dimensions.map(dimension =>
    math.isConstantNode(dimension) ? `${dimension.value}` : '',
  );
  if (!math.isSymbolNode(object) || !cell.every(i => /^\d+$/.test(i))) throw unreadable(text, 'an index');
  return `${object.name}[${cell}]`;
}

function operatorPlan(fn: string, parts: readonly MathNode[], text: string): Plan {
  switch (fn) {
    case 'add':
      return { parts, build: (...terms) => sum(terms) };
    case 'subtract':
      return { parts, build: (a, b) => sum([a!, negated(b!)]) };
    case 'unaryPlus':
      return { parts, build: a => a! };
    case 'unaryMinus':
      // -2 is a number, while -2^2 is minus a power.
      return {
        parts,
        build: a => (a!.kind === 'constant' ? constant(rational.negate(a!.value)) : negated(a!)),
      };
    case 'multiply':
      return { parts, build: (...factors) => product(factors) };
    case 'divide':
      return { parts, build: (a, b) => quotient(a!, b!) };
    case 'pow':
      return { parts, build: (base, exponent) => power(base!, integerOf(exponent!, text)) };
    default:
      throw unreadable(text, `the operator ${fn}`);
  }
}

/** The exponent is a formula too, such as (-1) or (2*3), but one with an integer value. */
function integerOf(exponent: Expr, text: string): number {
  const fault = unreadable(text, 'an exponent that is not an integer');
  const value = exactOf(exponent, fault);
  if (value.denominator !== 1 || typeof value.numerator !== 'number') throw fault;
  return value.numerator;
}

function exactOf(expr: Expr, fault: Error): Rational {
  try {
    return evaluate(expr, exact, () => {
      throw fault;
    });
  } catch {
    throw fault;
  }
}

function callPlan({ fn, args: parts }: FunctionNode, { math, text }: Source): Plan {
  const name = math.isSymbolNode(fn) ? fn.name : String(fn);
  if (name === 'max' && parts.length > 0) return { parts, build: (...args) => maximum(args) };
  if (!isFunctionName(name)) throw unknownFunction(text, name, Object.keys(functions));
  const { arity } = functions[name];
  if (parts.length !== arity)
    throw unreadable(text, `${name} of ${parts.length} arguments instead of ${arity}`);
  return { parts, build: (...args) => call(name, args) };
}

/** `u >= v ? a : b` is select(u - v, a, b); the strict comparisons swap the branches. */
function selectPlan(
  { condition, trueExpr: yes, falseExpr: no }: ConditionalNode,
  { math, text }: Source,
): Plan {
  const test = math.isParenthesisNode(condition) ? condition.content : condition;
  const [u, v] = math.isOperatorNode(test) ? test.args : [];
  if (!math.isOperatorNode(test) || !u || !v) throw unreadable(text, 'a condition without a comparison');
  const build: Plan['build'] = (l, r, a, b) => call('select', [difference(l!, r!), a!, b!]);
  switch (test.fn) {
    case 'largerEq':
      return { parts: [u, v, yes, no], build };
    case 'smallerEq':
      return { parts: [v, u, yes, no], build };
    case 'smaller':
      return { parts: [u, v, no, yes], build };
    case 'larger':
      return { parts: [v, u, no, yes], build };
    default:
      throw unreadable(text, `the comparison ${test.op}`);
  }
}

/** u - v, or u itself when v is the number 0, so that `c >= 0 ? a : b` is select(c, a, b). */
function difference(u: Expr, v: Expr): Expr {
  return v.kind === 'constant' && v.value.numerator === 0 ? u : sum([u, negated(v)]);
}
