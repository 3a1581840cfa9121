export type { Integer } from './integer.js';
export * as integer from './integer.js';
export { MonomialTable, UNIT } from './monomial.js';
export type { Polynomial } from './polynomial.js';
export * as polynomial from './polynomial.js';
export type { Rational } from './rational.js';
export * as rational from './rational.js';
