/** Kernels as a gate meets them. */
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import type { GateReport, GateResult } from '../../../src/gate/run/report.js';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import type { ModuleKernels } from '../../../src/gate/subject/kernels.js';
import type { ResultName, Subject } from '../../../src/gate/subject/subject.js';

export const right = (op: string, style?: string): ModuleKernel =>
  RIGHT.find(one => one.op === op && (style === undefined || one.style === style))!.kernel();

/** What is declared is float64 alone, which is enough here. */
export function subjectOf(op: string, kernel: ModuleKernel, declares = {}): Subject {
  const declared = { ...kernel.declares, dtypes: ['float64'], ...declares };
  return openFunctions({ [op]: { ...kernel, declares: declared } } as ModuleKernels, 'kernel');
}

export function mutantOf(op: string, id: string, style?: string): ModuleKernel {
  const mutant = MUTANTS.find(one => one.op === op && one.id === id)!;
  return mutant.kernel(style ?? mutant.styles.at(-1)!);
}

export const resultIn = ({ results }: GateReport, name: ResultName): GateResult =>
  results.find(({ result }) => result === name)!;

/** Verdicts by result. */
export const verdicts = ({ results }: GateReport): Readonly<Record<string, string>> =>
  Object.fromEntries(results.map(({ result, verdict }) => [result, verdict]));
