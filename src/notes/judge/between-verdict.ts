/** Chain rules through an undeclared quantity between the outputs and the loss. */
import type { ReadEquation } from '../formula/equation.js';
import { nodesOf } from '../formula/nodes.js';
import { latexOf } from '../formula/print.js';
import type { Formula } from '../formula/tree.js';
import type { Atom } from './atom.js';
import { throughName } from './between.js';
import { equalPairs } from './compare.js';
import type { Context } from './context.js';
import { mannerOf } from './manner.js';
import { domainText } from './message.js';
import { atomOrNull, type Outcome } from './outcome.js';
import { rewrite } from './rewrite.js';
import type { Scope } from './scope.js';
import { type IdealTerm, idealTerms } from './terms.js';
import { plainText } from './text.js';
import { type Judgement, unchecked, wrong } from './verdict.js';
import { atomFormula, sumFormula, termFormula, type Writer } from './write.js';

/**
 * The most generous reading: the loss sees the outputs through this one name, dL/dO_k = dy/dO_k dL/dy for every k.
 * What fails even then is wrong; what holds then still rests on a name that nobody declared.
 */
export function betweenVerdict(equation: ReadEquation, outcome: Outcome, context: Context): Judgement {
  const { between } = outcome.seen;
  const [key] = [...between.keys()];
  if (key === undefined || between.size > 1) {
    return unchecked('unknown-name', `${[...between.keys()].join(' and ')} are not declared in the setup`);
  }
  if (outcome.pairs.length === 0 || outcome.seen.outside.size > 0) {
    return unchecked('unknown-name', `${key} is not declared in the setup`);
  }
  const read = outcome.pairs.map(([a, b]) => [throughName(a, key), throughName(b, key)] as const);
  if (equalPairs(read).every(Boolean)) {
    const reason = `${key} is not declared in the setup; the equation holds if the loss depends on the outputs through ${key} alone`;
    return unchecked('unknown-name', reason);
  }
  const head = atomOrNull(equation.left, outcome.scope);
  if (head?.kind !== 'gradient' || outcome.gaps.length > 0) {
    return unchecked('unknown-name', `${key} is not declared in the setup`);
  }
  return onePathOnly(equation, head, key, outcome, context);
}

function onePathOnly(
  { left, right }: ReadEquation,
  head: Extract<Atom, { kind: 'gradient' }>,
  key: string,
  { seen, scope }: Outcome,
  { model }: Context,
): Judgement {
  const ideals = idealTerms(model, head, 'chain');
  const writer: Writer = { model, manner: mannerOf([right, left], scope) };
  const written = seen.between.get(key) ?? new Set<number>();
  const outputs = ideals.map(outputOf);
  const name = (output: number) => plainText(atomFormula(writer, { kind: 'output', cell: output }));
  const absent = outputs.filter(output => !written.has(output));
  const paths = (list: readonly number[]) =>
    `${list.length > 1 ? 'paths' : 'path'} through ${list.map(name).join(', ')}`;
  const present = outputs.filter(output => written.has(output));
  const message =
    absent.length > 0 && present.length > 0
      ? `only the ${paths(present)}; the ${paths(absent)} ${absent.length > 1 ? 'are' : 'is'} missing`
      : `the sum over the ${paths(outputs)} is not what is written`;
  const sum = sumFormula(ideals.map(term => termFormula(writer, term)));
  return wrong('chain-rule', domainText(model), {
    message,
    expected: `${latexOf(left)} = ${latexOf(sum)}`,
    missing: absent.map(output => latexOf(pathFormula(right, output, writer, scope))),
    slip: 'missing-term',
  });
}

function outputOf(term: IdealTerm): number {
  const local = term.atoms.find(atom => atom.kind === 'local');
  return local?.kind === 'local' ? local.output : 0;
}

/** The written path with another output in it: the first term, each output cell replaced. */
function pathFormula(side: Formula, output: number, writer: Writer, scope: Scope): Formula {
  const first = side.kind === 'sum' ? side.terms[0]!.formula : side;
  const cell = atomFormula(writer, { kind: 'output', cell: output });
  const outputs = new Set([...nodesOf(first)].filter(node => atomOrNull(node, scope)?.kind === 'output'));
  return rewrite(first, node => {
    if (node.kind !== 'derivative') return outputs.has(node) ? cell : null;
    const swap = (one: Formula) => (outputs.has(one) ? cell : one);
    return { ...node, of: node.of && swap(node.of), by: node.by.map(swap) };
  });
}
