/** How a definition's output depends on each input tensor: what exact checks and second order rest on. */
import { type Program, type Stage, termsOf } from './program.js';

/**
 * `independent`: never read; `linear`: f(a u + b v) = a f(u) + b f(v) with the other inputs fixed;
 * `affine`: linear plus something free of it; `nonlinear`: anything else.
 */
export type Linearity = 'independent' | 'linear' | 'affine' | 'nonlinear';

export function linearityIn(program: Program, tensor: string): Linearity {
  const known = new Map<string, Linearity>([[tensor, 'linear']]);
  for (const stage of program.stages) known.set(stage.name, stageLinearity(stage, known));
  return known.get(program.stages.at(-1)!.name)!;
}

function stageLinearity(stage: Stage, known: ReadonlyMap<string, Linearity>): Linearity {
  const perTerm = termsOf(stage).map(term =>
    term.atoms.map(atom => known.get(atom.tensor) ?? 'independent').reduce(ofProduct, 'independent'),
  );
  if (stage.kind === 'sum') return perTerm.length === 0 ? 'independent' : perTerm.reduce(ofSum);
  return perTerm.every(one => one === 'independent') ? 'independent' : 'nonlinear';
}

function ofProduct(a: Linearity, b: Linearity): Linearity {
  if (a === 'independent') return b;
  return b === 'independent' ? a : 'nonlinear';
}

function ofSum(a: Linearity, b: Linearity): Linearity {
  if (a === b) return a;
  return a === 'nonlinear' || b === 'nonlinear' ? 'nonlinear' : 'affine';
}
