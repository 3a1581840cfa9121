/** Which theorems a call of `prove` is about. */
import { readdirSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackproofError } from '../error.js';
import type { Operator, Params } from '../ops/index.js';
import { modesFrom, operatorTheorems, pageTheorems, parseTheorems, type Theorem } from '../proof/theorems.js';
import { readText } from './read.js';

const PAGES = fileURLToPath(new URL('../../proofs/', import.meta.url));

/** Every theorem of the pages in proofs/, page by page. */
export function shippedTheorems(): readonly Theorem[] {
  const pages = readdirSync(PAGES).filter(name => extname(name) === '.md');
  return pages.sort().flatMap(name => {
    const path = join(PAGES, name);
    return pageTheorems(readText(path), relative(process.cwd(), path)).theorems;
  });
}

/** The theorems of a file: the text form, or a Markdown page with such blocks. */
export function claimedTheorems(path: string): readonly Theorem[] {
  const text = readText(path);
  return extname(path).toLowerCase() === '.md'
    ? pageTheorems(text, path).theorems
    : parseTheorems(text, path === '-' ? 'claim' : basename(path));
}

export interface Choice {
  readonly wrt: string | undefined;
  readonly mistake: string | undefined;
}

/** An operator's own claims for all shapes, or one of its known mistakes in their place. */
export function theoremsOf(operator: Operator, params: Params, { wrt, mistake }: Choice): Theorem[] {
  const modes = modesFrom(operator, params);
  if (mistake === undefined) return operatorTheorems(operator, { ...(wrt && { wrt }), modes });
  const found = mistakeNamed(operator, mistake);
  return operatorTheorems(operator, { wrt: found.wrt, claim: found.claim, modes, misfit: 'assume' });
}

/** @throws BackproofError `unknown-mistake`. */
export function mistakeNamed(operator: Operator, name: string) {
  const found = operator.mistakes.find(mistake => mistake.name === name);
  if (found) return found;
  const known = operator.mistakes.map(mistake => mistake.name);
  throw unknown('unknown-mistake', operator, known, name);
}

/** `--wrt` takes the operator's own input name or its role: input, kernel, bias. @throws BackproofError `unknown-input`. */
export function inputNamed(operator: Operator, present: readonly string[], wrt: string): string {
  const roles: Readonly<Record<string, string>> = { input: 'x', kernel: 'w', bias: 'b' };
  const name = roles[wrt] ?? wrt;
  if (present.includes(name)) return name;
  throw unknown('unknown-input', operator, present, wrt);
}

function unknown(code: string, { name }: Operator, known: readonly string[], got: string): BackproofError {
  return new BackproofError({
    code,
    where: `prove ${name}`,
    what: 'there is nothing of this name',
    expected: known.join(', '),
    got,
    fix: 'Use one of these names.',
  });
}
