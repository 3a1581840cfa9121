/** Formulas as people write them: equal terms gathered, [A1 > 0] for a step, max(a, b, c) for a chain of two at a time. */
import { rational } from '../../exact/index.js';
import {
  constant,
  type Expr,
  power,
  print,
  product,
  quotient,
  rebuildAll,
  type Syntax,
  sum,
  type Variable,
  variable,
} from '../../expr/index.js';
import { CHOICE } from './choice.js';

/** What an expression cannot say: a condition that counts as 1 where it holds, else 0; and the largest of many. */
type Phrase =
  | { readonly kind: 'condition'; readonly left: Expr; readonly sign: Sign; readonly right: Expr }
  | { readonly kind: 'largest'; readonly of: readonly Expr[] };
type Sign = '>' | '>=' | '<' | '<=' | '=';

const SIGNS: Readonly<Record<Sign, string>> = { '>': '>', '>=': '\\ge', '<': '<', '<=': '\\le', '=': '=' };

/** A phrase stands in an expression as a variable of a name that no tensor has. */
const PHRASE = ' phrase';

/** The text of one expression; `nameOf` names its cells. @throws BackproofError `expression-too-large`. */
export type Writer = (expr: Expr, syntax: Syntax) => string;

/**
 * @param equal what the choice of each number says: that both sides are equal
 * @param limit the most characters of one text
 */
export function phraseWriter(
  nameOf: (cell: Variable, syntax: Syntax) => string,
  equal: readonly (readonly [Expr, Expr])[],
  limit: number,
): Writer {
  const phrases: Phrase[] = [];
  const add = (phrase: Phrase): Expr => {
    phrases.push(phrase);
    return variable(PHRASE, [phrases.length - 1]);
  };
  const phraseOf = (node: Expr): Phrase | undefined =>
    node.kind === 'variable' && node.tensor === PHRASE ? phrases[node.index[0]!] : undefined;
  const text: Writer = (expr, syntax) =>
    print(expr, {
      syntax,
      limit,
      variable: (tensor, index) =>
        tensor === PHRASE
          ? phraseText(phrases[index[0]!]!, syntax, text)
          : nameOf({ kind: 'variable', tensor, index }, syntax),
    });
  const keys = new Map<Expr, string>();
  const key = (node: Expr): string => {
    const known = keys.get(node) ?? text(node, 'plain');
    keys.set(node, known);
    return known;
  };
  const rule = (node: Expr): Expr => {
    if (node.kind === 'variable' && node.tensor === CHOICE) {
      const [left, right] = equal[node.index[0]!]!;
      return add({ kind: 'condition', left, sign: '=', right });
    }
    if (node.kind === 'sum') return gatheredSum(node.terms, key);
    if (node.kind === 'product') return gatheredProduct(node.factors, key);
    if (node.kind !== 'call') return node;
    const step = node.fn === 'select' ? condition(node.args) : undefined;
    if (step) return add(step);
    if (node.fn !== 'max') return node;
    const first = phraseOf(node.args[0]!);
    const of = first?.kind === 'largest' ? [...first.of, node.args[1]!] : node.args;
    return add({ kind: 'largest', of });
  };
  return (expr, syntax) => text(rebuildAll([expr], rule)[0]!, syntax);
}

function phraseText(phrase: Phrase, syntax: Syntax, text: Writer): string {
  const latex = syntax === 'latex';
  if (phrase.kind === 'largest') {
    const list = phrase.of.map(one => text(one, syntax)).join(', ');
    return latex ? `\\max\\left(${list}\\right)` : `max(${list})`;
  }
  const { left, sign, right } = phrase;
  const inner = `${text(left, syntax)} ${latex ? SIGNS[sign] : sign} ${text(right, syntax)}`;
  return latex ? `\\left[${inner}\\right]` : `[${inner}]`;
}

/** select(c, 1, 0) and select(c, 0, 1), with what is subtracted in c on the other side. */
function condition([c, then, otherwise]: readonly Expr[]): Phrase | undefined {
  const [yes, no] = [constantOf(then!), constantOf(otherwise!)];
  const holds = yes === 1 && no === 0;
  if (!holds && !(yes === 0 && no === 1)) return undefined;
  const terms = (c!.kind === 'sum' ? c!.terms : [c!]).map(split);
  const side = (sign: number) =>
    terms
      .filter(({ coefficient }) => Math.sign(Number(coefficient.numerator)) === sign)
      .map(({ coefficient, rest }) => scaled(sign < 0 ? rational.negate(coefficient) : coefficient, rest));
  const [plus, minus] = [side(1), side(-1)];
  if (plus.length > 0) {
    return { kind: 'condition', left: joined(plus), sign: holds ? '>=' : '<', right: joined(minus) };
  }
  return { kind: 'condition', left: joined(minus), sign: holds ? '<=' : '>', right: constant(0) };
}

const joined = (terms: readonly Expr[]): Expr => (terms.length === 1 ? terms[0]! : sum(terms));

const constantOf = (node: Expr): number | undefined =>
  node.kind === 'constant' ? rational.toNumber(node.value) : undefined;

/** Equal terms are added up, in the order in which they first occur. */
function gatheredSum(terms: readonly Expr[], key: (node: Expr) => string): Expr {
  const sums = new Map<string, ReturnType<typeof split>>();
  for (const term of terms) {
    const { coefficient, rest } = split(term);
    const name = rest.length === 0 ? '' : key(product(rest));
    const known = sums.get(name);
    sums.set(name, { coefficient: known ? rational.add(known.coefficient, coefficient) : coefficient, rest });
  }
  if (sums.size === terms.length) return sum(terms);
  const left = [...sums.values()].filter(({ coefficient }) => coefficient.numerator !== 0);
  return joined(left.map(({ coefficient, rest }) => scaled(coefficient, rest)));
}

/** Equal factors become a power, and those to a negative power a divisor. */
function gatheredProduct(factors: readonly Expr[], key: (node: Expr) => string): Expr {
  const powers = new Map<string, { readonly base: Expr; exponent: number }>();
  for (const factor of factors) {
    const [base, exponent] = factor.kind === 'power' ? [factor.base, factor.exponent] : [factor, 1];
    const name = base.kind === 'constant' ? `constant ${powers.size}` : key(base);
    const known = powers.get(name);
    if (known) known.exponent += exponent;
    else powers.set(name, { base, exponent });
  }
  const raised = (base: Expr, exponent: number) => (exponent === 1 ? base : power(base, exponent));
  const of = (sign: number) =>
    [...powers.values()].flatMap(({ base, exponent }) =>
      Math.sign(exponent) === sign ? [raised(base, Math.abs(exponent))] : [],
    );
  const [above, below] = [of(1), of(-1)];
  const [sign, only] = above;
  if (below.length === 0 && above.length === 2 && only!.kind === 'sum' && constantOf(sign!) === -1) {
    return negatedSum(only!.terms);
  }
  const whole = (list: readonly Expr[]) => (list.length === 1 ? list[0]! : product(list));
  return below.length === 0 ? whole(above) : quotient(whole(above), whole(below));
}

/** b - a for -(a - b), what is positive first. */
function negatedSum(terms: readonly Expr[]): Expr {
  const parts = terms
    .map(split)
    .map(({ coefficient, rest }) => ({ coefficient: rational.negate(coefficient), rest }));
  const isPositive = ({ coefficient }: (typeof parts)[number]) => Number(coefficient.numerator) > 0;
  const ordered = [...parts.filter(isPositive), ...parts.filter(part => !isPositive(part))];
  return sum(ordered.map(({ coefficient, rest }) => scaled(coefficient, rest)));
}

/** A term as its numerical factor and the rest. */
function split(term: Expr) {
  if (term.kind === 'constant') return { coefficient: term.value, rest: [] };
  const [first, ...rest] = term.kind === 'product' ? term.factors : [term];
  if (first?.kind === 'constant') return { coefficient: first.value, rest };
  return { coefficient: rational.ONE, rest: first ? [first, ...rest] : [] };
}

function scaled(coefficient: ReturnType<typeof split>['coefficient'], rest: readonly Expr[]): Expr {
  if (rest.length === 0) return constant(coefficient);
  const factors = rational.equal(coefficient, rational.ONE) ? rest : [constant(coefficient), ...rest];
  return factors.length === 1 ? factors[0]! : product(factors);
}
