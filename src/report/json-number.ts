/** As in vector files: JSON has no NaN, no infinities and no -0. */
export function jsonNumber(value: number | string): number | string {
  if (typeof value === 'string' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}
