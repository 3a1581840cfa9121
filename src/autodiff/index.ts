export { jvp } from './forward.js';
export type { Cotangents } from './reverse.js';
export { vjp } from './reverse.js';
