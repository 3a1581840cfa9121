export { claimCells, definitionOf, forwardCells, tensorShape } from './cells.js';
export { type Application, apply, type Claim, COTANGENT, tensor, unknownTensor } from './claim.js';
export { claimLatex, claimRule, claimText, type TensorNames } from './claim-text.js';
export { claimValues } from './claim-values.js';
export { closest, editDistance } from './edit-distance.js';
export { type Placed, placeInputs, placeOutput, spatialAxes } from './extents.js';
export type {
  BadCall,
  Example,
  FloatTensor,
  Hole,
  Inputs,
  Kernel,
  Mistake,
  Operator,
  Params,
  ParamValue,
  Resolved,
  Sizes,
} from './operator.js';
export { operatorFrom, operatorNamed, operators } from './registry.js';
export { layoutNames, resolve } from './resolve.js';
export type { FreshName, Requirement } from './settle.js';
export {
  callOfAllSizes,
  parameterLetters,
  type SymbolicCall,
  type SymbolicShapes,
  symbolicCall,
} from './symbolic.js';
export { symbolicDefinition, unusedName, withoutNames } from './symbolic-definition.js';
