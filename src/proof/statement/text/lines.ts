/** A text of claims as logical lines, grouped by theorem; what no claim needs is refused before it is read. */
import { claimFault, type Place } from './fault.js';

export interface Line {
  readonly text: string;
  readonly where: Place;
}

const [LONGEST_TEXT, DEEPEST_NESTING, LONGEST_NUMBER, MOST_FACTORS, MOST_MONOMIALS] = [
  20_000, 50, 40, 100, 1000,
];

/** Lines without comments, each joined with the lines after it that start with a blank. @throws BackproofError `text-too-long`, `unreadable-claim`. */
export function logicalLines(text: string, where: string): Line[] {
  if (text.length > LONGEST_TEXT) {
    const fix = 'Split the text.';
    throw claimFault(
      where,
      'text-too-long',
      'the text is long',
      `at most ${LONGEST_TEXT} characters`,
      `${text.length}`,
      fix,
    );
  }
  const lines: Line[] = [];
  for (const [k, raw] of text.split(/\r?\n/).entries()) {
    const place = `${where}, line ${k + 1}`;
    const bare = raw.replace(/#.*/, '').trimEnd();
    if (bare === '') continue;
    const before = lines.at(-1);
    if (!/^\s/.test(bare)) lines.push({ text: bare, where: place });
    else if (before) lines.splice(-1, 1, { ...before, text: `${before.text} ${bare.trim()}` });
    else
      throw claimFault(
        place,
        'unreadable-claim',
        'it continues a line, but is the first',
        'no blank at its start',
        bare,
      );
  }
  for (const line of lines) refuseAbsurd(line);
  return lines;
}

/** Bounds the work of reading a line: every product multiplied out, every bracket opened. */
function refuseAbsurd({ text, where }: Line): void {
  const refuse = (expected: string, got: string) =>
    claimFault(
      where,
      'unreadable-claim',
      'the line is too much for a claim',
      expected,
      got,
      'Write it shorter.',
    );
  if (new RegExp(`\\d{${LONGEST_NUMBER + 1}}`).test(text))
    throw refuse(`numbers of at most ${LONGEST_NUMBER} digits`, 'a longer one');
  const open: Size[] = [];
  let now = start();
  // Between a bracket's end and the next one's start nothing is multiplied out.
  for (const [sign] of text.replace(/\]\s*(?=\[)/g, '],').matchAll(/[()[\]+\-*,<>=]/g)) {
    if (sign === '(' || sign === '[') open.push(now);
    if (sign === '(' || sign === '[') now = start();
    else if (sign === '+' || sign === '-') now = { ...start(), sum: now.sum + now.product };
    else if (sign === '*') now.factors++;
    else if (sign === ')' || sign === ']') now = closed(now, open.pop() ?? start());
    else now = start();
    if (open.length > DEEPEST_NESTING)
      throw refuse(`at most ${DEEPEST_NESTING} brackets within each other`, 'more');
    if (now.factors > MOST_FACTORS) throw refuse(`at most ${MOST_FACTORS} factors in a product`, 'more');
    if (now.sum + now.product > MOST_MONOMIALS)
      throw refuse(`at most ${MOST_MONOMIALS} summands once multiplied out`, 'more');
  }
}

/** Bounds on a sum that is being read: monomials before the current product, those of the product, its factors. */
interface Size {
  sum: number;
  product: number;
  factors: number;
}

const start = (): Size => ({ sum: 0, product: 1, factors: 1 });

const closed = (inner: Size, { sum, product, factors }: Size): Size => ({
  sum,
  product: product * (inner.sum + inner.product),
  factors: factors + inner.factors,
});

export interface Section {
  readonly id: string;
  readonly where: Place;
  readonly lines: readonly Line[];
}

/** The lines of each theorem; those before the first `theorem` line make one that is called like the text. */
export function sections(lines: readonly Line[], where: string): Section[] {
  const all: { id: string; where: Place; lines: Line[] }[] = [];
  for (const line of lines) {
    const [keyword, id, ...rest] = line.text.split(/\s+/);
    if (keyword !== 'theorem' || id?.startsWith('=') || id?.startsWith('[')) {
      if (all.length === 0) all.push({ id: where, where: line.where, lines: [] });
      all.at(-1)!.lines.push(line);
      continue;
    }
    if (!id || rest.length > 0 || !/^[\w][\w./-]{0,79}$/.test(id)) {
      const expected = 'theorem and a name of letters, digits and / - . _';
      throw claimFault(
        line.where,
        'unreadable-claim',
        'the name of the theorem does not read',
        expected,
        line.text,
      );
    }
    if (all.some(one => one.id === id))
      throw claimFault(line.where, 'duplicate-name', 'two theorems have one name', 'a new name', id);
    all.push({ id, where: line.where, lines: [] });
  }
  return all;
}
