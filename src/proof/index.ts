export { type AtShape, atShape, mistakeCells } from './at-shape.js';
export { type CellNames, type CellTerm, cellTerms, cellTexts } from './cell-text.js';
export { type Difference, firstDifference } from './compare.js';
export { type ProofOptions, proveGradients } from './fixed-shape.js';
export { prove, proveSteps } from './prove.js';
export { type Symbolic, type SymbolicTensor, symbolic } from './symbolic.js';
export type {
  AllShapesReport,
  Counterexample,
  OneShapeReport,
  TheoremReport,
  Verdict,
} from './theorem.js';
