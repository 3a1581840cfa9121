/** Names of tensors and of their cells, in plain text and in LaTeX. */
import { BackproofError } from '../error.js';
import { type Shape, size, unravel } from '../tensor/index.js';

/**
 * F_{11} and F_{00} by position; a_{13} and a_{12} counted in C order (row by row, channels one after another).
 */
export const indexStyles = ['pair', 'pair0', 'running', 'running0'] as const;
export type IndexStyle = (typeof indexStyles)[number];

/** A name, and the extents by which its cells are indexed. */
export interface NamedTensor {
  readonly name: string;
  readonly shown: Shape;
}

/** Everything about one cell that a table prints. */
export interface CellName {
  readonly index: readonly number[];
  readonly plain: string;
  readonly latex: string;
}

// As texts: a literal with classes of Unicode costs every import 0.3 ms, wherever it stands.
const IDENTIFIER = String.raw`^[\p{L}_][\p{L}\p{M}\p{N}_']*$`;
const ONE_LETTER = String.raw`^\p{L}\p{M}*$`;
let oneLetter: RegExp | undefined;

/**
 * @param names by what they name: input, kernel, bias, output, loss
 * @throws BackproofError `bad-name`, `duplicate-name`.
 */
export function checkNames(names: Readonly<Record<string, string>>): void {
  const holder = new Map<string, string>();
  const identifier = new RegExp(IDENTIFIER, 'u');
  for (const [role, name] of Object.entries(names)) {
    if (typeof name !== 'string' || !identifier.test(name)) throw badName(role, name);
    const other = holder.get(name);
    if (other) throw duplicateName(name, other, role);
    holder.set(name, role);
  }
}

/** The name of each cell, in C order; a tensor without indices has one cell of its own name. */
export function cellNames({ name, shown }: NamedTensor, style: IndexStyle): CellName[] {
  const first = style === 'pair' || style === 'running' ? 1 : 0;
  const running = style === 'running' || style === 'running0';
  const count = size(shown);
  // Digits stay glued while every index has one digit.
  const largest = Math.max(0, ...(running ? [count] : shown)) - 1 + first;
  const joint = largest > 9 ? ',' : '';
  const inLatex = latexName(name);
  return Array.from({ length: count }, (_, cell) => {
    const place = shown.length === 0 ? [] : running ? [cell] : unravel(shown, cell);
    const index = place.map(at => at + first);
    const mark = index.length === 0 ? '' : `_{${index.join(joint)}}`;
    return { index, plain: `${name}${mark}`, latex: `${inLatex}${mark}` };
  });
}

/** One letter as it is; a longer name as one word, not as a product of letters. */
export function latexName(name: string): string {
  const [, stem, primes] = /^(.*?)('*)$/su.exec(name)!;
  oneLetter ??= new RegExp(ONE_LETTER, 'u');
  if (oneLetter.test(stem!)) return name;
  return `\\mathit{${stem!.replaceAll('_', '\\_').replaceAll("'", '{\\prime}')}}${primes}`;
}

/** dL/dX and the like. */
export const derivative = (above: string, below: string): string => `d${above}/d${below}`;
export const derivativeLatex = (above: string, below: string): string =>
  `\\frac{\\partial ${above}}{\\partial ${below}}`;

function badName(role: string, name: unknown): BackproofError {
  return new BackproofError({
    code: 'bad-name',
    where: role,
    what: `the name of the ${role} is not readable`,
    expected: 'a letter, then letters, digits, underscores or primes',
    got: String(name).slice(0, 40) || 'nothing',
    fix: 'Choose a name such as X, W1 or dense_in.',
    data: { role, name },
  });
}

function duplicateName(name: string, first: string, second: string): BackproofError {
  return new BackproofError({
    code: 'duplicate-name',
    where: second,
    what: `the ${first} and the ${second} have one name`,
    expected: 'a name of its own for each',
    got: name,
    fix: `Rename the ${first} or the ${second}.`,
    data: { name, roles: [first, second] },
  });
}
