/** What proofs for all shapes offer: apart from index.ts, so that it is loaded only where it is used. */
export { modesFrom } from './all-shapes.js';
export { coqFile } from './coq/file.js';
export { type Replay, replay } from './coq/replay.js';
export { explain } from './explain/explain.js';
export { certified, judge } from './judge.js';
export { operatorTheorems } from './statement/from-operator.js';
export { pageTheorems } from './statement/page.js';
export { parseTheorems } from './statement/text/parse-theorems.js';
export type { Theorem } from './statement/theorem.js';
