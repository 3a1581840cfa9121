/** The proof of a theorem: data for the checker in Coq, and what links it to the statement. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Range, Term } from '../../index-sum/term.js';
import { startsOf } from '../starts.js';
import type { Proof } from '../trusted/check.js';
import type { Statement } from '../trusted/statement.js';
import { formula, list, sideOf } from './formula.js';
import { indicesOf, type Names } from './names.js';
import { stepsData } from './steps.js';
import { type Unfolding, unfoldings } from './unfolding.js';

/** What is checked: the theorem holds whatever is written here, or Coq refuses it. */
export function proofData(statement: Statement, proof: Proof, names: Names): string {
  const { parameters, assume, units, free, definitions } = statement;
  const facts = [...assume, ...free.flatMap(factsOfRange)].map(fact => formula(fact, names).data);
  const inverses = [...units].map(
    ([name, value]) => `(${names.tensorNumber(name)}%positive, ${formula(value, names).data})`,
  );
  const outer = [...parameters, ...free.map(range => range.name)].map(name => `${names.valueNumber(name)}`);
  const defined = definitions.map(({ name, free: own, terms }) => {
    const indices = list(own.map(range => `${names.valueNumber(range.name)}%positive`));
    return `Defined ${names.tensorNumber(name)} ${indices} ${sideOf(terms, names).data}`;
  });
  const sides = [sideOf(statement.left, names), sideOf(statement.right, names)].map(side => side.data);
  const { left, right, scope } = startsOf(statement, proof);
  const follow = (terms: readonly Term[], steps: Proof['left']) =>
    list(terms.map((term, k) => `\n  ${stepsData(term, steps[k] ?? [], statement, scope, names)}`));
  const unfold = (terms: readonly Term[]) =>
    list(unfoldings(terms, statement).map(one => unfoldingData(one, names)));
  return `Definition written : claim := Claim ${list(facts)} ${list(inverses)} ${list(outer)}%positive
  ${list(defined)}
  ${sides.join('\n  ')}.
Definition steps : proof := Proof_ ${list(proof.factors.map(one => `(${one})`))} ${unfold(statement.left)} ${unfold(statement.right)}
  ${follow(left, proof.left)}
  ${follow(right, proof.right)}.`;
}

const factsOfRange = ({ name, extent }: Range): Polynomial[] => {
  const value = polynomial.variable(name);
  return [value, polynomial.subtract(extent, polynomial.add(value, polynomial.constant(1)))];
};

function unfoldingData(unfolding: Unfolding, names: Names): string {
  if (!unfolding) return 'None';
  const parts = unfolding.names.map(
    part => `${list(part.map(name => `${names.valueNumber(name)}`))}%positive`,
  );
  return `Some (${unfolding.atom}%nat, ${list(parts)})`;
}

/** The theorem follows from what Coq computes. */
export function proofText(statement: Statement, names: Names): string {
  const { parameters, free, tensors, units, definitions, by } = statement;
  const ranks = [...tensors, ...definitions.map(({ name, free }): [string, number] => [name, free.length])];
  const readers = ranks.map(([name, rank]) => {
    const indices = indicesOf(rank);
    const cell = [names.tensor(name), ...indices].join(' ');
    return `fun ix => match ix with ${list(indices)} => ${cell} | _ => zero end`;
  });
  const values = [...parameters, ...free.map(range => range.name)].map(names.value);
  const setting = `(tensors_of ${list(readers)}) (env_of ${list(values)}) written`;
  const given = [...tensors].map(([name, rank]) => `(${names.tensorNumber(name)}%positive, ${rank}%nat)`);
  const cell = by && list(by.index.map(part => formula(part, names).data));
  const start = [
    ...free.map(range => names.value(range.name)),
    ...free.map((_, k) => `range${k + 1}`),
    ...(by ? ['partial', 'rules', ...[...tensors].map((_, k) => `cell${k + 1}`)] : []),
  ];
  const cells = given.reduceRight(
    (rest, one, k) => `(Forall_cons ${one} cell${k + 1} ${rest})`,
    '(Forall_nil _)',
  );
  const divided = [...units].reduceRight(
    (rest, [name, value], k) =>
      `(Forall_cons (${names.tensorNumber(name)}%positive, ${formula(value, names).data}) unit${k + 1} ${rest})`,
    '(Forall_nil _)',
  );
  const use = by
    ? `check_derivative_sound ${setting} partial ${list(given)} ${names.tensorNumber(by.tensor)} ${cell} steps _ ${divided} _ rules ${cells} _`
    : `check_equal_sound ${setting} _ ${divided} _ steps _`;
  return `Proof.
  ${start.length > 0 ? `intros ${start.join(' ')}.` : ''}
  refine (${use}).
  - assumptions_hold.
  - definitions_hold.
  - vm_compute; reflexivity.
Qed.`;
}
