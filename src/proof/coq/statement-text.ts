/** The part of a theorem that a reader audits. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom } from '../../index-sum/term.js';
import type { Proof } from '../trusted/check.js';
import type { Statement } from '../trusted/statement.js';
import { formula, halves, sideOf } from './formula.js';
import { indicesOf, type Names } from './names.js';

/** Parameters, assumptions, tensors and definitions. */
export function declarations(
  { parameters, assume, tensors, units, definitions }: Statement,
  names: Names,
): string {
  const values = parameters.map(names.value).join(' ');
  const arrows = (rank: number) => `${'Z -> '.repeat(rank)}carrier`;
  return [
    ...(parameters.length > 0 ? [`Variables ${values} : Z.`] : []),
    ...assumptions(assume, names).map((fact, k) => `Hypothesis h${k + 1} : ${fact}.`),
    ...[...tensors].map(([name, rank]) => `Variable ${names.tensor(name)} : ${arrows(rank)}.`),
    ...[...units].map(
      ([name, value], k) =>
        `Hypothesis unit${k + 1} : ${names.tensor(name)} [*] of_Z (${formula(value, names).text}) = one.`,
    ),
    ...definitions.map(({ name, free, terms }) => {
      const indices = free.map(range => names.value(range.name)).join(' ');
      const binder = free.length > 0 ? ` (${indices} : Z)` : '';
      return `Definition ${names.tensor(name)}${binder} : carrier :=\n    ${sideOf(terms, names).text}.`;
    }),
  ].join('\n');
}

/** Polynomials are at least 0, without minus signs; one that is at most 0 too is 0. */
function assumptions(facts: readonly Polynomial[], names: Names): string[] {
  const opposite = (fact: Polynomial) =>
    facts.findIndex(other => polynomial.equal(other, polynomial.negate(fact)));
  return facts.flatMap((fact, k) => {
    const [more, less] = halves(fact, names);
    const at = opposite(fact);
    if (at < 0 || at === k) return [`${less.text} <= ${more.text}`];
    return k < at ? [`${more.text} = ${less.text}`] : [];
  });
}

export function theoremText({ free, left, by, right, tensors }: Statement, names: Names): string {
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

/** The assumptions hold at the witness, leave no free index empty, and no reciprocal is of 0. */
export function satisfiable(
  { parameters, assume, free, units }: Statement,
  { witness }: Proof,
  names: Names,
): string {
  if (parameters.length === 0) return '';
  const facts = assumptions(assume, names);
  const counts = [...free.map(({ extent }) => extent), ...units.values()];
  const ranges = counts.map(count => `1 <= ${formula(count, names).text}`);
  const values = parameters.map(name => `(${witness.get(name) ?? 0})`);
  const all = [...facts, ...ranges];
  return `Example satisfiable : exists ${parameters.map(names.value).join(' ')} : Z,
  ${all.length === 0 ? 'True' : all.join(' /\\ ')}.
Proof. exists ${values.join(', ')}. repeat split; lia. Qed.`;
}
