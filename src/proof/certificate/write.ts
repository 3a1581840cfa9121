/**
 * Certificates: a statement and its proof as one JSON object that any program can check.
 *
 *     {format, statement: {theorem, axes, parameters, assume, tensors, units, definitions, free, left, by, right},
 *      statementSha256, steps: {factors, left, right}, witness, producer}
 *
 * A text with `@` stands for one copy per axis. `axes` is absent where there is no such text, `by` where nothing
 * is differentiated, `units` where there are none: {"r": "N*L1"} says that r[] times N*L1 is 1. `factors` is
 * absent where no side is multiplied. Integers are decimal strings.
 */
import { createHash } from 'node:crypto';
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import { startsOf } from '../starts.js';
import type { Proof } from '../trusted/check.js';
import type { Step } from '../trusted/rules.js';
import type { Statement } from '../trusted/statement.js';
import { foldItems, foldSet, onAxis, templateOf, unfoldItem } from './fold.js';
import { orderSteps } from './order.js';
import { type FactNames, stepTexts } from './step-text.js';
import { atomText, definitionText, rangesText, sumText } from './term-text.js';

export const FORMAT = 'backproof-certificate/1';

/** SHA-256, in hexadecimal, of a statement as its certificate has it, blanks aside. */
export const statementHash = (statement: object): string =>
  createHash('sha256').update(JSON.stringify(statement)).digest('hex');

/**
 * One JSON object in one line. Steps on different axes may change places where the proof stays one.
 * @param producer the program that found the proof, with its version
 */
export function writeCertificate(
  theorem: { readonly id: string; readonly statement: Statement },
  proof: Proof,
  producer = 'backproof',
): string {
  const axes = axesOf(theorem.statement);
  const statement = statementFields(theorem.id, theorem.statement, axes);
  const steps = stepFields(theorem.statement, proof, axes, factNames(statement.assume, axes));
  const witness = witnessFields(proof.witness, axes);
  const statementSha256 = statementHash(statement);
  return JSON.stringify({ format: FORMAT, statement, statementSha256, steps, witness, producer });
}

/** The number of axes that the parameters' names count; 0 where there is nothing to fold. */
function axesOf({ parameters }: Statement): number {
  const last = Math.max(0, ...parameters.map(name => Number(/(?<=\D)\d$/.exec(name)?.[0] ?? 0)));
  return last > 1 ? last : 0;
}

function statementFields(theorem: string, statement: Statement, axes: number) {
  const { tensors, units, definitions, free, left, by, right } = statement;
  const { parameters, assume } = parameterTexts(statement, axes);
  return {
    theorem,
    ...(axes > 0 ? { axes: String(axes) } : {}),
    parameters,
    assume,
    tensors: Object.fromEntries([...tensors].map(([name, rank]) => [name, String(rank)])),
    ...(units.size > 0 ? { units: unitTexts(units) } : {}),
    definitions: definitions.map(one => definitionText(one, axes)),
    free: rangesText(free, axes),
    left: sumText(left, axes),
    ...(by ? { by: atomText(by, axes) } : {}),
    right: sumText(right, axes),
  };
}

const unitTexts = (units: Statement['units']) =>
  Object.fromEntries([...units].map(([name, value]) => [name, polynomial.text(value)]));

/** Parameters with like lower bounds share a text, "N,C,L@>=0"; what else is assumed is said apart. */
function parameterTexts({ parameters, assume }: Statement, axes: number) {
  const bounds = new Map<string, string>();
  const rest: Polynomial[] = [];
  for (const fact of assume) {
    const name = parameters.find(one => isLowerBound(fact, one));
    if (name && !bounds.has(name)) bounds.set(name, `>=${integer.negate(fact.get('') ?? 0)}`);
    else rest.push(fact);
  }
  const groups: { readonly bound: string; readonly names: string[] }[] = [];
  for (const name of parameters) {
    const bound = bounds.get(name) ?? '';
    if (groups.at(-1)?.bound === bound) groups.at(-1)!.names.push(name);
    else groups.push({ bound, names: [name] });
  }
  const texts = groups.map(({ names, bound }) => foldItems(names, axes).join(',') + bound);
  const assumed = foldSet(
    rest.map(fact => `${polynomial.text(fact)}>=0`),
    axes,
  );
  return { parameters: texts, assume: assumed };
}

/** Whether a fact is name - c, for an integer c. */
const isLowerBound = (fact: Polynomial, name: string): boolean =>
  fact.get(name) === 1 && fact.size === (fact.has('') ? 2 : 1);

/** "#2" is assumption 2 of the list, from 0; "#2_1" is its copy on axis 1. */
export function factNames(assume: readonly string[], axes: number): Map<string, string> {
  const named = assume.flatMap((item, at) =>
    unfoldItem(item, axes).map((fact, k): [string, string] => [
      fact.replace('>=0', ''),
      item.includes('@') ? `#${at}_${k + 1}` : `#${at}`,
    ]),
  );
  return new Map(named);
}

function stepFields(statement: Statement, proof: Proof, axes: number, facts: FactNames) {
  const { left, right, scope } = startsOf(statement, proof);
  const side = (terms: typeof left, steps: readonly (readonly Step[])[]) =>
    steps.map((list, k) => {
      const start = terms[k];
      return stepTexts(start ? orderSteps(start, list, statement, scope, axes) : list, axes, facts);
    });
  const factors = proof.factors.length > 0 ? { factors: proof.factors.map(String) } : {};
  return { ...factors, left: side(left, proof.left), right: side(right, proof.right) };
}

/** Values on all axes share a key, and a text where they are equal: {"N": "2", "L@": "3,4,5", "s@": "2"}. */
function witnessFields(witness: ReadonlyMap<string, Integer>, axes: number) {
  const fields = [...witness].map(([name, value]): [string, string] => {
    const template = axes > 1 ? templateOf(name, 1) : name;
    const names = Array.from({ length: axes }, (_, k) => onAxis(template, k + 1));
    if (template === name || !names.every(one => witness.has(one))) return [name, String(value)];
    const values = names.map(one => String(witness.get(one)));
    return [template, values.every(one => one === values[0]) ? values[0]! : values.join(',')];
  });
  const keys = new Set(fields.map(([key]) => key).filter(key => key.includes('@')));
  const isToldAlready = (name: string) =>
    Array.from({ length: axes }, (_, k) => templateOf(name, k + 1)).some(key => keys.has(key));
  return Object.fromEntries(fields.filter(([key]) => key.includes('@') || !isToldAlready(key)));
}
