/** One stage of a program as a definition of a draft, or as a given tensor where it is no sum of products. */
import { polynomial } from '../../exact/index.js';
import { type Stage, sumText, type Term } from '../../index-sum/index.js';
import { type Draft, newTensor } from './draft.js';
import { monomialsOf, termsFrom, unitAtom } from './opaque.js';

/** What to call a stage, and whether one that is defined already stands for it. */
export interface Naming {
  readonly name: string;
  readonly isShared: boolean;
}

/** The name of the tensor that stands for the stage. @throws BackproofError `formula-too-large`. */
export function defineStage(draft: Draft, stage: Stage, { name, isShared }: Naming): string {
  switch (stage.kind) {
    case 'sum':
      return defineSum(draft, stage, name, isShared);
    case 'max': {
      const [tensor, selection] = [newTensor(draft, name), newTensor(draft, 'selection')];
      draft.tensors.set(tensor, stage.free.length);
      draft.tensors.set(selection, stage.free.length + stage.term.bound.length);
      draft.maxima.set(tensor, { free: stage.free, term: stage.term, selection });
      return tensor;
    }
    case 'reciprocal': {
      const atom = unitAtom(draft, stage.of, name);
      return stage.free.length === 0 ? atom.tensor : defineSum(draft, sumOf(stage, [atom]), name, true);
    }
    case 'pointwise': {
      const monomials = monomialsOf(draft, stage.formula, { ...stage, name });
      const [only, ...others] = monomials;
      const isOpaque = only && others.length === 0 && only.coefficient === 1 && only.atoms.length === 1;
      const [atom] = only?.atoms ?? [];
      // The stage is that tensor where it is read at the stage's own indices.
      if (isOpaque && draft.opaques.has(atom!.tensor) && atom!.index.length === stage.free.length)
        return atom!.tensor;
      return defineSum(draft, { ...stage, terms: termsFrom(monomials) }, name, true);
    }
  }
}

type Sum = Pick<Stage, 'free'> & { readonly terms: readonly Term[] };

const sumOf = ({ free }: Stage, atoms: Term['atoms']): Sum => ({
  free,
  terms: [{ coefficient: 1, bound: [], guards: [], atoms }],
});

function defineSum(draft: Draft, { free, terms }: Sum, name: string, isShared: boolean): string {
  const places = free.map(({ name: index, extent }, k) => `${index} is #${k} of ${polynomial.text(extent)}`);
  const key = `${places.join()} ${sumText(terms)}`;
  const known = draft.byContent.get(key);
  if (known !== undefined && isShared) return known;
  const tensor = newTensor(draft, name);
  draft.definitions.push({ name: tensor, free, terms });
  if (isShared) draft.byContent.set(key, tensor);
  return tensor;
}
