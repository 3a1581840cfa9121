export { type Standing, type Walk, walkSetups } from './accumulate.js';
export { buildSetup } from './build.js';
export {
  type Directive,
  type NotCoveredDirective,
  type OperatorDirective,
  readDirective,
} from './directive.js';
export type { Source } from './directive-source.js';
export { distinctFonts } from './fonts.js';
export { type Inference, type Inferred, inferSetup, type NotInferred } from './infer.js';
export { isPower, nameKey } from './name-key.js';
export { meaningOf, type Reference } from './names.js';
export type { Naming } from './naming.js';
export type { IndexStyle, Meaning, Role, RoleNames, Setup } from './setup.js';
