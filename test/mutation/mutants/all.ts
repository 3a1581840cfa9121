import { checkMutants } from './check.js';
import { evidenceMutants } from './evidence.js';
import type { Mutant } from './mutant.js';
import { statementMutants } from './statement.js';
import { stepMutants } from './steps.js';
import { termMutants } from './term.js';

export const mutants: readonly Mutant[] = [
  ...termMutants,
  ...statementMutants,
  ...evidenceMutants,
  ...stepMutants,
  ...checkMutants,
];
