export { claimCells, forwardCells, tensorShape } from './cells.js';
export {
  type Application,
  apply,
  type Claim,
  COTANGENT,
  type Formula,
  OUTPUT,
  SELECTION,
  tensor,
  unknownTensor,
} from './claim.js';
export { claimLatex, claimRule, claimText, type TensorNames } from './claim-text.js';
export {
  definitionOf,
  isSumOfProducts,
  programOf,
  realParameters,
} from './definition.js';
export { closest, editDistance } from './edit-distance.js';
export { type Placed, placeInputs, placeOutput, spatialAxes } from './extents.js';
export { unlike } from './formula-text.js';
export { type KernelCall, kernelCall } from './kernel-call.js';
export type {
  BadCall,
  Example,
  FloatTensor,
  Hole,
  Inputs,
  Kernel,
  Mistake,
  Modes,
  Operator,
  Params,
  ParamValue,
  Resolved,
  Sizes,
} from './operator.js';
export { modesAt, outputLayout } from './operator.js';
export { operatorFrom, operatorNamed, operators } from './registry.js';
export { layoutNames, resolve } from './resolve.js';
export { selectionAt, type Ties } from './selection.js';
export type { FreshName, Requirement, Windows } from './settle.js';
export {
  callOfAllSizes,
  parameterLetters,
  type SymbolicCall,
  type SymbolicShapes,
  symbolicCall,
} from './symbolic.js';
export { symbolicStages, unusedName, withoutNames } from './symbolic-definition.js';
export { claimValues, forwardValues, type Given } from './values.js';
