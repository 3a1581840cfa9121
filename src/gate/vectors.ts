/** What makes vectors and computes them again: apart from index.ts, so that it is loaded only where it is used. */
export { generateVectors, precisionOf } from './vectors/generate.js';
export { precisionOfCases, verifySteps } from './vectors/verify.js';
