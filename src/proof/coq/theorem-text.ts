/** One theorem in Coq: definitions and claim for a reader, then the proof as data. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom, Range, Term } from '../../index-sum/term.js';
import type { Theorem } from '../statement/theorem.js';
import type { Proof } from '../trusted/check.js';
import { type Statement, sidesOf } from '../trusted/statement.js';
import { formula, halves, list, sideOf } from './formula.js';
import { type Names, namesOf } from './names.js';
import { stepsData } from './steps.js';
import { type Unfolding, unfoldings } from './unfolding.js';

/** A module that ends in a theorem `statement`. @throws BackproofError if the proof does not pass the checker's rules. */
export function moduleText(module: string, { id, claim, statement }: Theorem, proof: Proof): string {
  const names = namesOf(statement);
  return `
(* ${comment(id)}: ${comment(claim)} *)
Module ${module}.
${proofData(statement, proof, names)}
Section Statement.
Context {ring : CommutativeRing}.
${declarations(statement, names)}
${theoremText(statement, names)}
${proofText(statement, names)}
End Statement.
${satisfiable(statement, proof, names)}
End ${module}.
`;
}

/** Text that neither ends a Coq comment nor opens another, nor a string. */
const comment = (text: string) => text.replaceAll('"', "'").replaceAll('(*', '( *').replaceAll('*)', '* )');

/** What is checked: the theorem holds whatever is written here, or Coq refuses it. */
function proofData(statement: Statement, proof: Proof, names: Names): string {
  const { assume, free, definitions } = statement;
  const facts = [...assume, ...free.flatMap(factsOfRange)].map(fact => formula(fact, names).data);
  const outer = free.map(range => `${names.valueNumber(range.name)}`);
  const defined = definitions.map(({ name, free: own, terms }) => {
    const indices = list(own.map(range => `${names.valueNumber(range.name)}%positive`));
    return `Defined ${names.tensorNumber(name)} ${indices} ${sideOf(terms, names).data}`;
  });
  const sides = [sideOf(statement.left, names), sideOf(statement.right, names)].map(side => side.data);
  const { left, right, scope } = sidesOf(statement);
  const follow = (terms: readonly Term[], steps: Proof['left']) =>
    list(terms.map((term, k) => `\n  ${stepsData(term, steps[k] ?? [], assume, scope, names)}`));
  const unfold = (terms: readonly Term[]) =>
    list(unfoldings(terms, statement).map(one => unfoldingData(one, names)));
  return `Definition written : claim := Claim ${list(facts)} ${list(outer)}%positive
  ${list(defined)}
  ${sides.join('\n  ')}.
Definition steps : proof := Proof_ ${unfold(statement.left)} ${unfold(statement.right)}
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

/** Parameters, assumptions, tensors and definitions. */
function declarations({ parameters, assume, tensors, definitions }: Statement, names: Names): string {
  const values = parameters.map(names.value).join(' ');
  const arrows = (rank: number) => `${'Z -> '.repeat(rank)}carrier`;
  return [
    ...(parameters.length > 0 ? [`Variables ${values} : Z.`] : []),
    ...assume.map((fact, k) => `Hypothesis h${k + 1} : ${assumption(fact, names)}.`),
    ...[...tensors].map(([name, rank]) => `Variable ${names.tensor(name)} : ${arrows(rank)}.`),
    ...definitions.map(({ name, free, terms }) => {
      const indices = free.map(range => names.value(range.name)).join(' ');
      const binder = free.length > 0 ? ` (${indices} : Z)` : '';
      return `Definition ${names.tensor(name)}${binder} : carrier :=\n    ${sideOf(terms, names).text}.`;
    }),
  ].join('\n');
}

/** A polynomial is at least 0, without minus signs. */
function assumption(fact: Polynomial, names: Names): string {
  const [more, less] = halves(fact, names);
  return `${less.text} <= ${more.text}`;
}

function theoremText({ free, left, by, right, tensors }: Statement, names: Names): string {
  const indices = free.map(range => names.value(range.name));
  const inside = free.map(
    ({ name, extent }) => `0 <= ${names.value(name)} < ${formula(extent, names).text} ->`,
  );
  const [from, to] = [sideOf(left, names).text, sideOf(right, names).text];
  const lines = [
    ...(free.length > 0 ? [`forall ${indices.join(' ')} : Z, ${inside.join(' ')}`] : []),
    ...(by ? derivationText(by, tensors, names) : []),
    by ? `partial (${from})` : from,
    `= ${to}`,
  ];
  return `Theorem statement :\n  ${lines.join('\n  ')}.`;
}

/** Any D that obeys the rules of derivatives, is 1 at the cell and 0 at every other. */
function derivationText(by: Atom, tensors: Statement['tensors'], names: Names): string[] {
  const cells = [...tensors].map(([name, rank]) => {
    const indices = indicesOf(rank);
    const parts = by.index.map((part, k) => `${indices[k]} =? ${formula(part, names).text}`);
    const value =
      name === by.tensor ? parts.reduceRight((body, one) => `when (${one}) (${body})`, 'one') : 'zero';
    const binder = rank > 0 ? `forall ${indices.join(' ')}, ` : '';
    return `(${binder}partial (${[names.tensor(name), ...indices].join(' ')}) = ${value}) ->`;
  });
  return ['forall partial, derivation partial ->', ...cells];
}

const indicesOf = (rank: number) => Array.from({ length: rank }, (_, k) => `ix${k + 1}`);

function proofText(statement: Statement, names: Names): string {
  const { parameters, free, tensors, definitions, by } = statement;
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
  const use = by
    ? `check_derivative_sound ${setting} partial ${list(given)} ${names.tensorNumber(by.tensor)} ${cell} steps _ _ rules ${cells} _`
    : `check_equal_sound ${setting} _ _ steps _`;
  return `Proof.
  ${start.length > 0 ? `intros ${start.join(' ')}.` : ''}
  refine (${use}).
  - assumptions_hold.
  - definitions_hold.
  - vm_compute; reflexivity.
Qed.`;
}

/** The assumptions hold at the witness, and leave no free index empty. */
function satisfiable({ parameters, assume, free }: Statement, { witness }: Proof, names: Names): string {
  if (parameters.length === 0) return '';
  const facts = assume.map(fact => assumption(fact, names));
  const ranges = free.map(({ extent }) => `1 <= ${formula(extent, names).text}`);
  const values = parameters.map(name => `(${witness.get(name) ?? 0})`);
  const all = [...facts, ...ranges];
  return `Example satisfiable : exists ${parameters.map(names.value).join(' ')} : Z,
  ${all.length === 0 ? 'True' : all.join(' /\\ ')}.
Proof. exists ${values.join(', ')}. repeat split; lia. Qed.`;
}
