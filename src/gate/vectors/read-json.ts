/** One line as JSON, with what JSON.parse lets pass: a key that is written twice. */
import { described, fault, type Place } from './fields.js';

/** A line is one case; more than this is no vector but a mistake. */
const LONGEST_LINE = 2 ** 26;

/** @throws BackproofError `vector-not-json`, `vector-key` for a key that an object has twice. */
export function parseLine(line: string, place: Place): unknown {
  const refuse = (what: string, expected: string, got: string, fix: string) =>
    fault(place, { code: 'vector-not-json', what, expected, got, fix });
  if (line.length > LONGEST_LINE) {
    const expected = `at most ${LONGEST_LINE} characters`;
    throw refuse('the line is too long', expected, String(line.length), 'Use smaller shapes.');
  }
  if (line.trim() === '')
    throw refuse('the line is empty', 'one case as a JSON object', 'nothing', 'Remove the line.');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    const got = error instanceof Error ? error.message.slice(0, 200) : String(error);
    throw refuse('the line is not JSON', 'one case as a JSON object on one line', got, 'Complete the line.');
  }
  const twice = repeatedKey(line);
  if (twice === null) return value;
  throw fault(place, {
    code: 'vector-key',
    what: 'an object has a key twice',
    expected: 'each key once',
    got: described(twice),
    fix: 'Remove one of them.',
  });
}

/** The first key that an object of this valid JSON has twice. */
function repeatedKey(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  // A text that a colon follows is a key; nothing but texts and brackets matters.
  for (const [token, text, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(text!) as string;
      if (open.at(-1)?.has(key)) return key;
      open.at(-1)?.add(key);
    }
  }
  return null;
}
