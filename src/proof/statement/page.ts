/**
 * Pages of theorems: Markdown whose fenced blocks of kind `theorem` are executed. A block is a text of theorems
 * (text/parse-theorems.ts), or says which records of the registry the page is about:
 *
 *     claims of conv1d, conv2d        every theorem that these records claim
 *     hole argmax: why nothing is claimed of it
 */
import { operatorNamed } from '../../ops/index.js';
import { operatorTheorems } from './from-operator.js';
import { atPlace, claimFault, type Place } from './text/fault.js';
import { parseTheorems } from './text/parse-theorems.js';
import type { Theorem } from './theorem.js';

export interface Page {
  /** In the order of the page. */
  readonly theorems: readonly Theorem[];
  /** Operators whose claims the page proves. */
  readonly covers: readonly string[];
  readonly holes: readonly Hole[];
}

/** An operator about which nothing is claimed, and why. */
export interface Hole {
  readonly operator: string;
  readonly reason: string;
}

/**
 * @param where the name of the page, for errors
 * @throws BackproofError `unclosed-block`, `missing-name`, `duplicate-name`, `unknown-operator`, and what the text form refuses.
 */
export function pageTheorems(markdown: string, where: string): Page {
  const theorems: Theorem[] = [];
  const covers: string[] = [];
  const holes: Hole[] = [];
  for (const block of blocksOf(markdown, where)) {
    if (!/^(claims|hole)\s/.test(block.text.trimStart())) theorems.push(...theoremsOf(block, where));
    else {
      const entries = entriesOf(block, where);
      for (const { operator, reason } of entries) {
        if (reason !== null) holes.push({ operator, reason });
        else {
          covers.push(operator);
          theorems.push(...operatorTheorems(operator));
        }
      }
    }
  }
  refuseTwice(
    theorems.map(one => one.id),
    'two theorems have one name',
    where,
  );
  refuseTwice([...covers, ...holes.map(hole => hole.operator)], 'an operator is named twice', where);
  return { theorems, covers, holes };
}

/** The lines inside a fence, after as many empty lines as the page has before them: so they keep their numbers. */
interface Block {
  readonly text: string;
  readonly where: Place;
}

function blocksOf(markdown: string, where: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const [, fence, kind] = /^(`{3,}|~{3,})\s*(\S*)/.exec(lines[at]!) ?? [];
    if (fence === undefined) continue;
    const place = `${where}, line ${at + 1}`;
    const length = lines.slice(at + 1).findIndex(line => line.trimEnd() === fence);
    if (length < 0)
      throw claimFault(place, 'unclosed-block', 'a fenced block does not end', fence, 'the end of the page');
    const inside = lines.slice(at + 1, at + 1 + length);
    if (kind === 'theorem') blocks.push({ text: '\n'.repeat(at + 1) + inside.join('\n'), where: place });
    at += length + 1;
  }
  return blocks;
}

/** An operator, and why nothing is claimed of it: null where its record's claims are meant. */
interface Entry {
  readonly operator: string;
  readonly reason: string | null;
}

/** The lines `claims of A, B` and `hole A: reason`. */
function entriesOf({ text }: Block, page: string): Entry[] {
  return text.split('\n').flatMap((line, k): Entry[] => {
    const where = `${page}, line ${k + 1}`;
    if (line.trim() === '') return [];
    const [, names] = /^claims of (.+)$/.exec(line) ?? [];
    const [, hole, reason] = /^hole (\w+): (.*\S)/.exec(line) ?? [];
    if (names !== undefined)
      return names.split(',').map(name => ({ operator: known(name.trim(), where), reason: null }));
    if (hole !== undefined) return [{ operator: known(hole, where), reason: reason! }];
    const expected = 'claims of conv1d, conv2d, or hole NAME: reason';
    throw claimFault(where, 'unreadable-claim', 'the line does not read', expected, line);
  });
}

const known = (name: string, where: Place): string => atPlace(where, () => operatorNamed(name)).name;

function theoremsOf({ text, where }: Block, page: string): Theorem[] {
  if (!text.trimStart().startsWith('theorem '))
    throw claimFault(
      where,
      'missing-name',
      'the block does not begin with the name of a theorem',
      'theorem NAME',
      text.trimStart().split('\n')[0]!,
      'Name it: the names are what reports and certificates call it by.',
    );
  return parseTheorems(text, page);
}

function refuseTwice(names: readonly string[], what: string, where: Place): void {
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice === undefined) return;
  throw claimFault(where, 'duplicate-name', what, 'each name once', twice, 'Give one of them another name.');
}
