export { type AtShape, atShape, mistakeCells } from './at-shape.js';
export { type CellNames, type CellTerm, cellTerms, cellTexts } from './cell-text.js';
export { type Difference, firstDifference } from './compare.js';
export { type ProofOptions, proveGradients } from './fixed-shape.js';
export type { CellFormula } from './formulas.js';
export { prove, proveSteps } from './prove.js';
export { type Symbolic, symbolic } from './symbolic.js';
export { formulaText, type SymbolicTensor } from './symbolic-tensor.js';
export type {
  AllShapesReport,
  Counterexample,
  OneShapeReport,
  TheoremReport,
  Verdict,
} from './theorem.js';
