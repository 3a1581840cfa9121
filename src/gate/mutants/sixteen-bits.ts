/** float16 and bfloat16 as bit patterns, rounded to nearest, ties to even. */

interface Format {
  readonly fractionBits: number;
  readonly bias: number;
}

const FLOAT16: Format = { fractionBits: 10, bias: 15 };
const BFLOAT16: Format = { fractionBits: 7, bias: 127 };

export const float16Bits = (value: number): number => encoded(value, FLOAT16);
export const float16Value = (bits: number): number => decoded(bits, FLOAT16);
export const bfloat16Bits = (value: number): number => encoded(value, BFLOAT16);
export const bfloat16Value = (bits: number): number => decoded(bits, BFLOAT16);

function encoded(value: number, { fractionBits, bias }: Format): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const infinity = (2 * bias + 1) * 2 ** fractionBits;
  if (Number.isNaN(value)) return infinity + 2 ** (fractionBits - 1);
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign + infinity;
  // Below the normal numbers the step stays that of the smallest of them.
  const exponent = Math.max(exponentOf(size), 1 - bias);
  const steps = roundedToEven(size / 2 ** (exponent - fractionBits));
  // A subnormal has exponent field 0; a carry runs into the exponent, as it must.
  return sign + Math.min(infinity, (exponent + bias - 1) * 2 ** fractionBits + steps);
}

/** floor(log2(size)), also where the logarithm is off by a rounding; low for 0. */
function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size));
  if (2 ** guess > size) return guess - 1;
  return 2 ** (guess + 1) <= size ? guess + 1 : guess;
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below + (below % 2);
}

function decoded(bits: number, { fractionBits, bias }: Format): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const field = Math.floor((bits % 0x8000) / 2 ** fractionBits);
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  if (field === 2 * bias + 1) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (field === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (field - bias);
}
