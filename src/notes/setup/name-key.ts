/** The identity of a written name: what must agree for two names to be one. */
import { SYMBOLS } from '../formula/symbols.js';
import type { Formula, Name } from '../formula/tree.js';
import { type Naming, PLAIN_NAMING } from './naming.js';

/**
 * Base with accents, primes, star, a word below and a layer; the index and a power are not part of it.
 * X_{11} is `X`, \hat{y}_1 `hat_y`, w_1^* `w*`, a_{prev} `a_prev`, W^{[2]} `W^2`.
 */
export function nameKey(name: Name, naming: Naming = PLAIN_NAMING): string {
  const font = isDecorative(name.font) || !naming.fonts.has(name.base) ? '' : `${name.font}_`;
  const accents = name.accents.map(accent => `${accent}_`).join('');
  const word = name.sub?.style === 'word' ? `_${name.sub.text}` : '';
  const marks = "'".repeat(name.primes) + (name.star ? '*' : '');
  const layer = name.sup !== null && !isPower(name, naming) ? `^${plainText(name.sup.of)}` : '';
  return `${font}${accents}${name.base}${word}${marks}${layer}`;
}

/** Whether the superscript is a power rather than a layer: `x^2` unless the setup says otherwise. */
export function isPower(name: Name, naming: Naming = PLAIN_NAMING): boolean {
  if (name.sup === null || name.sup.bracket !== 'none') return false;
  if (naming.layer !== null) return naming.layer !== 'superscript';
  return !/^(?:l|L|ell)(?:[+-]\d+)?$/.test(plainText(name.sup.of));
}

/** `\mathrm` and text fonts never distinguish. */
export const isDecorative = (font: string | null): boolean => font === null || font.startsWith('text');

function plainText(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return formula.text;
    case 'name':
      return formula.base + (formula.sub?.text ?? '');
    case 'sum':
      return formula.terms
        .map((term, k) => (k === 0 && term.sign === '+' ? '' : term.sign) + plainText(term.formula))
        .join('');
    default:
      return `(${formula.kind})`;
  }
}

const FONT_COMMAND = /^\\(?:math(?:bf|cal|rm|bb|it|sf|scr|frak)|boldsymbol|bm|vec|text[a-z]*)\{(.+)\}$/;
const ACCENT_COMMAND = /^\\(hat|tilde|bar|dot|check|widehat|widetilde|overline)\{(.+)\}$/;

/** The key of a name as a directive spells it: `delta`, `\delta` and `δ` are one, \hat{y} is `hat_y`. */
export function writtenKey(spelling: string): string {
  const inner = FONT_COMMAND.exec(spelling)?.[1];
  if (inner !== undefined) return writtenKey(inner);
  const accented = ACCENT_COMMAND.exec(spelling);
  if (accented) return `${accented[1]!.replace('wide', '')}_${writtenKey(accented[2]!)}`;
  const symbol = SYMBOLS.get(spelling);
  return symbol?.kind === 'name' ? symbol.value : spelling;
}

/** Whether a directive may spell a name so; `W^2` is W of layer 2. */
export const isWrittenKey = (key: string): boolean =>
  /^[\p{L}_][\p{L}\p{M}\p{N}_]*'*\*?(?:\^[\p{L}\p{N}]+)?$/u.test(key);
