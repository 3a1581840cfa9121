/** Wrong kernels and a right one for any operator: from the catalogue, or made of the operator's own record. */
import { operatorNamed } from '../../ops/index.js';
import { builtIn, mistaken, spoilt } from './built-in.js';
import { MUTANTS, RIGHT } from './catalogue.js';
import { harnessMutants } from './harness.js';
import type { ModuleKernel, Mutant } from './kernel.js';

const known = new Map<string, readonly Mutant[]>();

/** Every planted mistake that there is for this operator. @throws BackproofError `unknown-operator`. */
export function mutantsOf(op: string): readonly Mutant[] {
  const made = known.get(op) ?? mutantsFor(op);
  known.set(op, made);
  return made;
}

/** A right kernel, written apart from the built-in ones where the catalogue has one. */
export function rightKernel(op: string): ModuleKernel {
  return RIGHT.find(one => one.op === op)?.kernel() ?? builtIn(operatorNamed(op));
}

function mutantsFor(op: string): readonly Mutant[] {
  const catalogued = MUTANTS.filter(one => one.op === op);
  if (catalogued.length > 0) return catalogued;
  const operator = operatorNamed(op);
  const misbehaving = harnessMutants({ op, right: { 'built-in': () => builtIn(operator) }, mutants: [] });
  return [...mistaken(operator), ...spoilt(operator), ...misbehaving];
}
