export { type CellNames, type CellTerm, cellTerms, cellTexts } from './cell-text.js';
export { type Difference, firstDifference } from './compare.js';
export { coqFile } from './coq/file.js';
export { type Replay, replay } from './coq/replay.js';
export { explain } from './explain/explain.js';
export { mistakeCells, type ProofOptions, proveGradients } from './fixed-shape.js';
export { certified, judge } from './judge.js';
export { modesFrom, prove, proveSteps } from './prove.js';
export { operatorTheorems } from './statement/from-operator.js';
export { pageTheorems } from './statement/page.js';
export { parseTheorems } from './statement/text/parse-theorems.js';
export type { Theorem } from './statement/theorem.js';
export { type Symbolic, type SymbolicTensor, symbolic } from './symbolic.js';
export type {
  AllShapesReport,
  Counterexample,
  OneShapeReport,
  TheoremReport,
  Verdict,
} from './theorem.js';
