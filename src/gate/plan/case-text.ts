/** The id of a case, which says all that it is: readable, and read back to the same case. */
import { described, integerOf } from '../vectors/fields.js';
import { FILLINGS } from '../vectors/filling.js';
import { asBadCase, badCase, meantBy } from './bad-case.js';
import { refusal } from './call.js';
import { caseFormat, configurationFrom, configurationText, wordsByName } from './configuration-text.js';
import { CHECKS, type GateCase } from './gate-case.js';

const DTYPES = ['float64', 'float32'] as const;

/** Longer texts are not looked at. */
const MOST_LETTERS = 4000;

/**
 * conv1d x=1x2x5 w=2x2x3 stride=1 padding=[0,2] dilation=1 groups=1 float64 check=exact seed=7, and ` filling=small`
 * where the case names one.
 * @throws BackproofError `vector-operator`.
 */
export function caseText(one: GateCase): string {
  const filling = one.filling === null ? [] : [`filling=${one.filling}`];
  const call = configurationText(one.op, one);
  const words = [one.op, call, one.dtype, `check=${one.check}`, `seed=${one.seed}`, ...filling];
  return words.filter(word => word !== '').join(' ');
}

/** The case that `caseText` writes so, and no other way. @throws BackproofError `bad-case`. */
export function readCase(text: string): GateCase {
  checkLetters(text);
  const [op = '', ...words] = text.split(' ');
  const format = caseFormat(op);
  const alone = words.filter(word => !word.includes('='));
  const dtype = choice('the element type', alone.join(' '), DTYPES);
  const byName = wordsByName(
    words.filter(word => word.includes('=')),
    format,
    ['check', 'seed', 'filling'],
  );
  const filling = byName.get('filling');
  const one: GateCase = {
    op,
    ...configurationFrom(format, byName),
    dtype,
    check: choice('check', byName.get('check') ?? '', CHECKS),
    seed: seedOf(byName.get('seed') ?? ''),
    filling: filling === undefined ? null : choice('filling', filling, FILLINGS),
  };
  asBadCase('the call', () => {
    const error = refusal(format.operator, one);
    if (error) throw error;
  });
  const written = caseText(one);
  if (written === text) return one;
  throw badCase('the case is written in another way', written, described(text), 'Write it so.');
}

function checkLetters(text: string): void {
  const fix = 'Copy the whole line that the gate prints.';
  const expected = `one line of at most ${MOST_LETTERS} plain letters`;
  if (typeof text !== 'string' || text === '') throw badCase('there is no case', expected, 'nothing', fix);
  if (text.length > MOST_LETTERS)
    throw badCase('the text is too long', expected, `${text.length} letters`, fix);
  if (!/^[ -~]*$/u.test(text)) throw badCase('the text is no case', expected, described(text), fix);
}

function choice<T extends string>(name: string, word: string, choices: readonly T[]): T {
  const found = choices.find(one => one === word);
  if (found !== undefined) return found;
  const got = word === '' ? 'nothing' : described(word);
  throw badCase(`${name} is not known`, choices.join(', '), got, meantBy(word, choices));
}

function seedOf(word: string): number {
  return asBadCase('seed', () =>
    integerOf(/^\d+$/u.test(word) ? Number(word) : word, { file: 'case', line: 1, path: '' }, 0),
  );
}
