/** Fields of a configuration file, each of one kind. */
import { closest } from '../../ops/index.js';
import { millisecondsIn, SECONDS } from './numbers.js';
import { type Entry, refusal, type Value } from './yaml.js';

export type Fields<Key extends string> = Readonly<Partial<Record<Key, Value>>>;

/** @throws BackproofError `bad-config` for anything but a map of these keys. */
export function fieldsOf<Key extends string>(value: Value, keys: readonly Key[], what: string): Fields<Key> {
  if (value.kind !== 'map') throw refusal(value, `${what} is a map`, keys.join(', '), shown(value));
  const stranger = value.entries.find(({ key }) => !(keys as readonly string[]).includes(key));
  if (stranger) throw unknownKey(stranger, keys, what);
  return Object.fromEntries(value.entries.map(entry => [entry.key, entry.value])) as Fields<Key>;
}

function unknownKey(entry: Entry, keys: readonly string[], what: string) {
  const meant = closest(entry.key, keys);
  const fix = meant ? `Did you mean ${meant}?` : 'Take it out.';
  const got = JSON.stringify(entry.key.slice(0, 60));
  return refusal(entry, `${what} has no such key`, keys.join(', '), got, fix);
}

export function textOf(value: Value, what: string): string {
  if (value.kind === 'scalar' && typeof value.value === 'string' && value.value.trim() !== '')
    return value.value;
  throw refusal(
    value,
    `${what} is a text`,
    'letters, in quotes where YAML would read something else',
    shown(value),
  );
}

/** One text, or a list of them. */
export function textsOf(value: Value, what: string): string[] {
  if (value.kind !== 'list') return [textOf(value, what)];
  if (value.items.length === 0)
    throw refusal(value, `${what} is empty`, 'one at least', '[]', 'Leave the key out.');
  return value.items.map(item => textOf(item, what));
}

export function wholeOf(value: Value, what: string): number {
  const number = numberOf(value);
  if (number !== null && Number.isSafeInteger(number) && number >= 0) return number;
  throw refusal(value, `${what} is a whole number`, '0 or more', shown(value));
}

/** In milliseconds. */
export function secondsOf(value: Value, what: string): number {
  const number = numberOf(value);
  const ms = number === null ? null : millisecondsIn(number);
  if (ms !== null) return ms;
  throw refusal(value, `${what} is a number of seconds`, SECONDS, shown(value));
}

const numberOf = (value: Value): number | null =>
  value.kind === 'scalar' && typeof value.value === 'number' ? value.value : null;

export function shown(value: Value): string {
  if (value.kind !== 'scalar') return `a ${value.kind}`;
  return (JSON.stringify(value.value) ?? String(value.value)).slice(0, 60);
}
