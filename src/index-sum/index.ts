export { parameterPolynomial, type Values } from './affine.js';
export { type Block, type Cells, compose, gradientCells, productCount, variableCells } from './cells.js';
export { parsePolynomial } from './cursor.js';
export {
  type Algebra,
  cellExpressions,
  evaluateProgram,
  exactAlgebra,
  expressionAlgebra,
  float64Algebra,
  numericAlgebra,
  type Valued,
} from './evaluate.js';
export { type Linearity, linearityIn } from './linearity.js';
export { parseProgram } from './parse.js';
export { polynomialText, programLatex, programText, sumText } from './print.js';
export { outputStage, type Program, type Stage, type SumStage, termsOf } from './program.js';
export type { Atom, Definition, Guard, Range, Scope, Term } from './term.js';
export { walkTerm } from './walk.js';
