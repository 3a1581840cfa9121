/** Numbers as written, exactly. */
import { type Rational, rational } from '../../exact/index.js';
import type { Numeral } from '../formula/tree.js';
import { refuse } from './refusal.js';

const LONGEST = 400;

/** `2`, `0.5`, `1e-3`. @throws Refusal for a comma, which may group digits or begin the decimals. */
export function numberOf({ text }: Numeral): Rational {
  if (/[,{}]/.test(text)) {
    return refuse('ambiguous', `${text} may be read with a decimal comma or with grouped digits`);
  }
  const [, digits = '', exponent = '0'] = /^(\d*\.?\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (!/\d/.test(digits) || digits.length > LONGEST || Math.abs(Number(exponent)) > LONGEST) {
    return refuse('not-covered', `the number ${text.slice(0, 20)} is not read`);
  }
  return rational.multiply(rational.from(digits), rational.power(rational.of(10), Number(exponent)));
}

/** How many decimals are printed; null for an integer. */
export function decimalsOf({ text }: Numeral): number | null {
  const decimals = /^\d*\.(\d+)$/.exec(text)?.[1];
  return decimals === undefined ? null : decimals.length;
}
