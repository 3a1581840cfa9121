/** Reads the steps that step-text.ts writes. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Evidence, Step } from '../trusted/rules.js';
import { fault, illFormed } from './fault.js';
import { unfoldItem, unfoldList } from './fold.js';
import { matched, NAME, readGuard, readInteger, readPolynomial, readRange } from './read-term.js';

/** The longest sum and product that evidence may have. */
const [PRODUCTS, FACTORS] = [200, 12];

/** Assumptions by their names, "#2" and "#2_1". */
export type Facts = ReadonlyMap<string, Polynomial>;

export function readSteps(texts: readonly string[], axes: number, facts: Facts): Step[] {
  return texts.flatMap(text => {
    if (text.startsWith('rename ')) return [readRename(text.slice(7), axes)];
    return unfoldItem(text, axes).map(one => readStep(one, facts));
  });
}

const [PLACE, ONE_NAME] = ['(\\d+(?:[+-]\\d+)?)', `(${NAME})`];
const FORMS = {
  eliminate: new RegExp(`^${ONE_NAME}$`),
  introduce: new RegExp(`^${PLACE} ${ONE_NAME}$`),
  drop: new RegExp(`^${PLACE}$`),
  add: /^(\[[^[\]]+\])$/,
  split: new RegExp(`^${ONE_NAME} ([^,]+),([^,]+)$`),
  index: new RegExp(`^(\\d+)\\.${PLACE} (\\S+)$`),
  unit: new RegExp(`^(\\d+) (-?\\d+)((?: ${NAME})*)$`),
  vanish: /^()$/,
};

function readStep(text: string, facts: Facts): Step {
  const [rule, body] = matched(text, /^([a-z]+)(?:$|(?=:)| )(.*)$/, 'a rule and what it needs');
  const [what, proof, more] = body!.split(/: ?/);
  if (more !== undefined || !Object.hasOwn(FORMS, rule!)) return unknownStep(text);
  const form = FORMS[rule as keyof typeof FORMS];
  const [first, second, third] = matched(what!, form, `what the rule "${rule}" needs`);
  const evidence = (claims = 2) => readEvidence(proof, claims, facts);
  if (proof !== undefined && (rule === 'eliminate' || rule === 'introduce')) return unknownStep(text);
  switch (rule) {
    case 'eliminate':
      return { rule, name: first! };
    case 'introduce':
      return { rule, guard: readPlace(first!), name: second! };
    case 'drop':
      return { rule, guard: readPlace(first!), evidence: evidence() };
    case 'add':
      return { rule, guard: readGuard(first!), evidence: evidence() };
    case 'split':
      return { rule, name: first!, into: [readRange(second!), readRange(third!)], evidence: evidence() };
    case 'index': {
      const [atom, axis] = [readPlace(first!), readPlace(second!)];
      return { rule, atom, axis, value: readPolynomial(third!), evidence: evidence() };
    }
    case 'unit': {
      const [atom, times] = [readPlace(first!), readInteger(second!)];
      const names = third!.split(' ').slice(1);
      if (names.length === 0 && proof !== undefined) return unknownStep(text);
      return { rule, atom, times, names, evidence: names.length > 0 ? evidence(names.length) : [] };
    }
    case 'vanish':
      return { rule, evidence: evidence(1) };
  }
  return unknownStep(text);
}

const unknownStep = (text: string) => illFormed('a step cannot be read', 'a rule and what it needs', text);

function readRename(text: string, axes: number): Step {
  const form = new RegExp(`^${ONE_NAME}=${ONE_NAME}$`);
  const pairs = unfoldList(text, axes).map(pair => matched(pair, form, 'a renaming such as "q=q\'"'));
  const names = new Map(pairs.map(([from, to]) => [from!, to!]));
  if (names.size < pairs.length) illFormed('a name is renamed twice', 'each name once', text);
  return { rule: 'rename', names };
}

/** "4", or what "@+1" has become on an axis: "3+1". */
function readPlace(text: string): number {
  const [first, sign, second] = matched(text, /^(\d{1,4})(?:([+-])(\d{1,4}))?$/, 'a place in a list');
  return Number(first) + (sign === '-' ? -1 : 1) * Number(second || 0);
}

function readEvidence(text: string | undefined, claims: number, facts: Facts): Evidence {
  const range = /^([^<;]+)<([^<;]+)$/.exec(text ?? '');
  if (range && claims === 2) {
    const [value, extent] = [readPolynomial(range[1]!), readPolynomial(range[2]!)];
    const next = polynomial.add(value, polynomial.constant(1));
    return [[[value]], [[polynomial.subtract(extent, next)]]];
  }
  const sums = text?.split(';').map(sum => readEvidenceSum(sum, facts)) ?? [];
  if (sums.length !== claims) illFormed('a step lacks its evidence', `${claims} sums`, text ?? 'none');
  return sums;
}

/** A fact is a name, a number, an assumption's name, or a polynomial in parentheses. */
function readEvidenceSum(text: string, facts: Facts): Polynomial[][] {
  if (text === '0') return [];
  const parts = text.match(/\([^()]*\)|[\w'#]+|[*+]/g) ?? [];
  const products: string[][] = [[]];
  for (const [k, part] of parts.entries()) {
    if (k % 2 === 0) products.at(-1)!.push(part);
    else if (part === '+') products.push([]);
  }
  if (products.map(product => product.join('*')).join('+') !== text || parts.length % 2 === 0)
    illFormed('evidence cannot be read', 'a sum of products of facts', text);
  if (products.length > PRODUCTS || products.some(product => product.length > FACTORS))
    fault('certificate-too-large', 'evidence is too long', `${PRODUCTS} products of ${FACTORS} facts`, text);
  const read = (fact: string) => facts.get(fact) ?? readPolynomial(fact.replace(/^\((.*)\)$/, '$1'));
  return products.map(product => product.map(read));
}
