/** Tokens of the text form in which definitions and claims are written. */
import { BackproofError } from '../error.js';

export interface Token {
  readonly text: string;
  readonly kind: 'name' | 'number' | 'sign' | 'end';
  readonly offset: number;
}

const TOKEN = /\s*(?:([A-Za-z_]\w*@?)|(\d+)|(<=|[-+*/^()[\],<=;]))/y;

/** @throws BackproofError `unreadable-definition`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const offset = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw unreadable(text, offset, 'a name, a number or a sign');
    const [, name, number, sign] = match;
    const found = (name ?? number ?? sign)!;
    const kind = name !== undefined ? 'name' : number !== undefined ? 'number' : 'sign';
    tokens.push({ text: found, kind, offset: TOKEN.lastIndex - found.length });
  }
  tokens.push({ text: '', kind: 'end', offset: end });
  return tokens;
}

export function unreadable(text: string, offset: number, expected: string): BackproofError {
  const rest = text.slice(offset).trim();
  return new BackproofError({
    code: 'unreadable-definition',
    where: `definition, character ${offset + 1}`,
    what: 'the text does not read as an index sum',
    expected,
    got: rest === '' ? 'the end' : rest.slice(0, 30),
    fix: 'Correct the text at this place.',
    data: { offset },
  });
}
