export { type CheckOptions, type CheckProgress, checkDerivation, checkSteps } from './check.js';
export type { Format } from './document/document.js';
export type { Slip } from './judge/claim.js';
export type { Rule } from './judge/refusal.js';
export type { EquationReport, FileReport, SetupReport, Summary } from './judge/report.js';
