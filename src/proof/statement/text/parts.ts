/** Lists, extents and relations within a line. */
import { type Polynomial, polynomial } from '../../../exact/index.js';
import { parsePolynomial } from '../../../index-sum/index.js';
import { claimFault, type Place } from './fault.js';

/** Splits at a sign outside of brackets. */
export function splitOutside(text: string, sign: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if ('(['.includes(text[at]!)) depth++;
    else if (')]'.includes(text[at]!)) depth--;
    else if (text[at] === sign && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** prod(K@) as a product over the axes: K1*K2, or 1 without axes. */
export function withoutProducts(text: string, rank: number, where: Place): string {
  const written = text.replace(/\bprod\(([^()]*)\)/g, (_, inner: string) => {
    const factors = Array.from({ length: rank }, (_, k) => `(${inner.replaceAll('@', String(k + 1))})`);
    return factors.length > 0 ? factors.join('*') : '1';
  });
  if (!/\bprod\s*\(/.test(written)) return written;
  throw claimFault(
    where,
    'unreadable-claim',
    'prod does not read',
    'prod(K@) without further parentheses',
    text,
  );
}

/** A polynomial once, or once per axis if it mentions `@`. */
export function perAxis(text: string, rank: number): Polynomial[] {
  if (!text.includes('@')) return [parsePolynomial(text)];
  return Array.from({ length: rank }, (_, k) => parsePolynomial(text, k + 1));
}

export interface TensorText {
  readonly name: string;
  readonly extents: readonly Polynomial[];
}

/** "x[N, G*I, L@], w[G*M, I, K@]" */
export function readTensors(text: string, rank: number, where: Place): TensorText[] {
  return splitOutside(text, ',').map(one => {
    const [, name, inside] = /^([A-Za-z_]\w*)\s*\[(.*)\]$/.exec(one) ?? [];
    if (name === undefined)
      throw claimFault(where, 'unreadable-claim', 'a tensor does not read', 'x[N, C, L@]', one);
    const extents = inside!.trim() === '' ? [] : splitOutside(inside!, ',');
    return { name, extents: extents.flatMap(extent => perAxis(extent, rank)) };
  });
}

/** "0 <= a@ < s@, C = G*I": polynomials, each at least 0. */
export function readRelations(text: string, rank: number, where: Place): Polynomial[] {
  return splitOutside(text, ',').flatMap(one => {
    const parts = one.split(/(<=|>=|=|<|>)/);
    if (parts.length < 3)
      throw claimFault(where, 'unreadable-claim', 'an assumption does not read', 's@ >= 1', one);
    const axes = one.includes('@') ? Array.from({ length: rank }, (_, k) => k + 1) : [null];
    return axes.flatMap(axis => {
      const values = parts.filter((_, k) => k % 2 === 0).map(part => parsePolynomial(part, axis));
      return parts
        .filter((_, k) => k % 2 === 1)
        .flatMap((sign, k) => compared(values[k]!, sign, values[k + 1]!));
    });
  });
}

function compared(left: Polynomial, sign: string, right: Polynomial): Polynomial[] {
  const up = polynomial.subtract(right, left);
  const down = polynomial.negate(up);
  const [one, isStrict] = [polynomial.constant(1), sign === '<' || sign === '>'];
  if (sign === '=') return [up, down];
  const value = sign.startsWith('<') ? up : down;
  return [isStrict ? polynomial.subtract(value, one) : value];
}
