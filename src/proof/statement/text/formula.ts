/** Operators of the registry applied to tensors: "crop(correlate(zero_stuff(yBar, step=s@), w), start=a@, length=L@)". */
import type { Polynomial } from '../../../exact/index.js';
import { modesAt, type Operator, operatorNamed, outputLayout, parameterLetters } from '../../../ops/index.js';
import { applied, type Settings } from '../apply.js';
import type { Draft, Value } from '../draft.js';
import { claimFault, type Place } from './fault.js';
import { perAxis, splitOutside } from './parts.js';

/** What a name stands for. @throws BackproofError `unknown-name`, `missing-extents`. */
export type LookUp = (name: string) => Value;

export interface Application {
  readonly operator: Operator;
  /** The text of each input that is given. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly settings: Settings;
}

/** The value of a formula; `name` is for its outermost operator. */
export function evaluateFormula(
  draft: Draft,
  text: string,
  lookUp: LookUp,
  where: Place,
  name?: string,
): Value {
  const application = readApplication(text, draft.rank, where);
  if (!application) return lookUp(text);
  const { operator, inputs, settings } = application;
  const values = Object.entries(inputs).map(
    ([input, inner]) => [input, evaluateFormula(draft, inner, lookUp, where)] as const,
  );
  return applied(draft, operator, Object.fromEntries(values), settings, name);
}

/** Null for a tensor's name. @throws BackproofError `unreadable-claim` and what the operator refuses. */
export function readApplication(text: string, rank: number, where: Place): Application | null {
  if (/^[A-Za-z_]\w*$/.test(text)) return null;
  const [, head, inside] = /^([A-Za-z_][\w@]*)\s*\((.*)\)$/.exec(text) ?? [];
  if (head === undefined)
    throw claimFault(
      where,
      'unreadable-claim',
      'the formula does not read',
      'a tensor, or operator(tensor, parameter=value)',
      text,
    );
  const operator = operatorNamed(head.replaceAll('@', String(rank)));
  if (
    typeof operator.rank === 'number' &&
    operator.rank !== rank &&
    outputLayout(operator, operator.params).includes('@')
  )
    throw claimFault(
      where,
      'wrong-rank',
      `${operator.name} has ${operator.rank} spatial axes`,
      `an operator for rank ${rank}`,
      operator.name,
      'Write conv@d, or state the rank of the theorem.',
    );
  const args = splitOutside(inside!, ',').map(arg => /^([A-Za-z_]\w*)\s*=\s*(.+)$/.exec(arg) ?? arg);
  const tensors = args.filter(arg => typeof arg === 'string');
  const named = args
    .filter(arg => typeof arg !== 'string')
    .map(([, name, value]) => [name!, value!] as const);
  return {
    operator,
    inputs: readInputs(operator, tensors, where),
    settings: readSettings(operator, named, rank, where),
  };
}

function readInputs(operator: Operator, tensors: readonly string[], where: Place): Record<string, string> {
  const names = Object.keys(operator.inputs);
  const needed = names.filter(name => !operator.optional.includes(name)).length;
  if (tensors.length < needed || tensors.length > names.length) {
    const expected = `${operator.name}(${names.join(', ')})`;
    throw claimFault(
      where,
      'wrong-inputs',
      'the operator has other inputs',
      expected,
      `${tensors.length} tensors`,
    );
  }
  return Object.fromEntries(tensors.map((text, k) => [names[k]!, text]));
}

function readSettings(
  operator: Operator,
  named: readonly (readonly [name: string, value: string])[],
  rank: number,
  where: Place,
): Settings {
  const sizes: Record<string, readonly Polynomial[]> = {};
  const modes: Record<string, string> = {};
  for (const [name, value] of named) {
    if (!(name in operator.params))
      throw claimFault(
        where,
        'unknown-parameter',
        `${operator.name} has no such parameter`,
        Object.keys(operator.params).join(', ') || 'none',
        name,
      );
    if (name in sizes || name in modes)
      throw claimFault(where, 'duplicate-name', 'a parameter is given twice', 'each parameter once', name);
    if (isMode(operator, name, value, rank)) modes[name] = value;
    else if (operator.letters[name]) sizes[name] = readSizes(operator, name, value, rank, where);
    else
      throw claimFault(
        where,
        'unknown-mode',
        `${name} has no such value`,
        (modesAt(operator, rank)[name] ?? ['a number']).join(', '),
        value,
      );
  }
  return { sizes, modes };
}

/** Paddings that have a name are modes of the operators that take paddings. */
function isMode(operator: Operator, name: string, value: string, rank: number): boolean {
  const isPadding = Array.isArray(operator.letters[name]) && /^(valid|full|same)$/.test(value);
  return isPadding || (modesAt(operator, rank)[name]?.includes(value) ?? false);
}

/** One polynomial for each letter that the parameter sets. */
function readSizes(operator: Operator, name: string, text: string, rank: number, where: Place): Polynomial[] {
  const letters = parameterLetters(operator, rank).get(name)!;
  const isPair = Array.isArray(operator.letters[name]);
  const values = isPair ? readPairs(text, rank) : readList(text, rank);
  if (values.length === letters.length) return values;
  if (values.length === 1) return letters.map(() => values[0]!);
  const expected = isPair
    ? 'one value, [before, after], or one such pair per axis'
    : `one value, or ${letters.length}`;
  throw claimFault(where, 'wrong-axis-count', `${name} does not read`, expected, text);
}

const inBrackets = (text: string): string | null => /^\[(.*)\]$/.exec(text)?.[1] ?? null;

function readList(text: string, rank: number): Polynomial[] {
  const inside = inBrackets(text);
  return (inside === null ? [text] : splitOutside(inside, ',')).flatMap(one => perAxis(one, rank));
}

/** a for both sides, [a, b] for every axis, or [[a, b], [c, d]]: axis by axis. */
function readPairs(text: string, rank: number): Polynomial[] {
  const inside = inBrackets(text);
  if (inside === null) return onEveryAxis([text, text], rank);
  const parts = splitOutside(inside, ',');
  const pairs = parts.map(inBrackets);
  if (pairs.every(pair => pair === null)) return parts.length === 2 ? onEveryAxis(parts, rank) : [];
  return pairs.flatMap((pair, axis) => {
    const sides = splitOutside(pair ?? '', ',').map(side => perAxis(side, rank));
    return sides.length === 2 ? sides.map(all => all[axis] ?? all[0]!) : [];
  });
}

function onEveryAxis(sides: readonly string[], rank: number): Polynomial[] {
  const values = sides.map(side => perAxis(side, rank));
  return Array.from({ length: rank }, (_, k) => values.map(all => all[k] ?? all[0]!)).flat();
}
