/** A proof as a page of algebra that people can read and redo. */
import type { Term } from '../../index-sum/index.js';
import type { Proof } from '../trusted/check.js';
import type { Statement } from '../trusted/statement.js';
import { atomFormula, folded, name, type Setting, termParts } from './formula.js';
import { type Block, type ExplanationFormat, layout } from './layout.js';
import { lettersOf } from './letters.js';
import { reasonFor } from './reason.js';
import { math } from './shown.js';
import { statementBlocks, unitText } from './statement-text.js';
import { namesIn, type Story, type Stretch, storyOf, type TermStory } from './story.js';

export type { ExplanationFormat } from './layout.js';

interface Explained {
  readonly id: string;
  /** The claim as a formula of operators. */
  readonly claim?: string;
  readonly statement: Statement;
}

/**
 * The statement, then each side from its definition to the sum that both end in, with the rule and the reason of
 * every step. Plain text is at most 100 columns wide; LaTeX needs amsmath.
 * @throws BackproofError if a step of the proof does not apply.
 */
export function explain(
  { id, claim, statement }: Explained,
  proof: Proof,
  format: ExplanationFormat,
): string {
  const latex = format !== 'plain';
  const axes = Math.max(1, ...statement.parameters.map(one => Number(/(?<=\D)\d$/.exec(one)?.[0] ?? 1)));
  const story = storyOf(statement, proof, axes);
  const letters = lettersOf(namesIn(statement, story), axes, latex);
  const parameters = new Set(statement.parameters);
  const setting = { latex, letters, axes, parameters, units: statement.units, axis: null };
  const blocks: Block[] = [
    { kind: 'heading', text: id },
    ...(claim ? [{ kind: 'text', text: `Claim: ${claim}` } as const] : []),
    ...statementBlocks(statement, setting),
    { kind: 'text', text: legend(axes, latex) },
    ...factorBlocks(proof, setting),
    ...sideBlocks('left', story.left, statement, setting),
    ...sideBlocks('right', story.right, statement, setting),
    { kind: 'text', text: 'Both sides have become the same sum, which was to be shown.' },
    { kind: 'text', text: witnessText(statement, proof, setting) },
    ...rulesBlocks(story),
  ];
  return layout(blocks, format);
}

function legend(axes: number, latex: boolean): string {
  const [range, shown] = latex
    ? ['$0 \\le v < n$', '$v \\ge 0$ and $n - v - 1 \\ge 0$']
    : ['0 ≤ v < n', 'v ≥ 0 and n - v - 1 ≥ 0'];
  const bracket =
    'Sums run from 0. A bracket is 1 where its condition holds, and 0 elsewhere; ' +
    `that ${range} holds is shown by ${shown}.`;
  if (axes === 1) return bracket;
  const [some, one] = latex ? ['$p_k < P_k$', '$p_1 < P_1$'] : ['pₖ < Pₖ', 'p₁ < P₁'];
  return `${bracket} What is said with k is said on each of the ${axes} axes: ${some} means ${one} and so on.`;
}

/** "Both sides are multiplied by 2, by 2 h = 1 they may be divided again." */
function factorBlocks({ factors }: Proof, setting: Setting): Block[] {
  if (factors.length === 0) return [];
  const by = factors.map(factor => math(String(factor))).join(' and by ');
  const why = [...setting.units]
    .map(([tensor, value]) => math(unitText(tensor, value, setting)))
    .join(' and ');
  const text = `Both sides are multiplied by ${by}: by ${why} they may be divided again.`;
  return [{ kind: 'text', text }];
}

function sideBlocks(
  side: 'left' | 'right',
  stories: readonly TermStory[],
  statement: Statement,
  setting: Setting,
): Block[] {
  const put = putIn(statement[side], statement, setting);
  const heading: Block = { kind: 'heading', text: `The ${side} side` };
  const cell = side === 'left' && statement.by ? math(atomFormula(statement.by, setting)) : null;
  const parts = [put === '' ? 'as stated' : `with ${put} put in`, cell ? `differentiated by ${cell}` : ''];
  const intro = parts.filter(part => part).join(', ');
  const first = intro.charAt(0).toUpperCase() + intro.slice(1);
  if (stories.length === 0) return [heading, { kind: 'text', text: `${first}, it is 0.` }];
  return [
    heading,
    { kind: 'text', text: `${first}:` },
    ...stories.flatMap((story, k) => termBlocks(story, k, stories.length, setting)),
  ];
}

/** The names of the definitions that terms come to read, in the order in which they are put in. */
function putIn(terms: readonly Term[], { definitions }: Statement, setting: Setting): string {
  const names: string[] = [];
  const visit = ({ atoms }: Term): void => {
    for (const { tensor } of atoms) {
      const found = definitions.find(one => one.name === tensor);
      if (!found || names.includes(tensor)) continue;
      names.push(tensor);
      for (const term of found.terms) visit(term);
    }
  };
  for (const term of terms) visit(term);
  return names.map(one => math(name(one, setting))).join(', ');
}

function termBlocks(story: TermStory, k: number, count: number, setting: Setting): Block[] {
  const lead: Block[] = count > 1 ? [{ kind: 'text', text: `Term ${k + 1} of ${count}:` }] : [];
  return [
    ...lead,
    { kind: 'formula', lead: '', parts: termParts(story.start, setting) },
    ...story.stretches.flatMap(stretch => stretchBlocks(stretch, setting)),
  ];
}

/** What each rule says, to people who have not met it. */
const RULES: Readonly<Record<Stretch['rule'], string>> = {
  eliminate: 'a sum over v with the guard [v = e] is its summand at v = e, guarded by the range of v',
  introduce: 'a guard [0 <= e < n] is a sum over a new index v < n with the guard [v = e]',
  drop: 'a guard that holds wherever the rest of the term is not 0 may go',
  add: 'a guard that holds wherever the term is not 0 may come',
  split: 'an index below n m is m h + l for one h below n and one l below m, if n and m are at least 0',
  index: 'an index may be replaced by what it equals wherever the term is not 0',
  rename: 'bound indices may take other names',
  unit:
    'a sum of r h over indices that h does not mention is h, if r times the number of their values is 1 in the ring; ' +
    'that no range has a negative length is shown by what stays',
  vanish: 'a term whose guards contradict one another is 0',
};

function rulesBlocks({ left, right }: Story): Block[] {
  const used = new Set([...left, ...right].flatMap(({ stretches }) => stretches.map(({ rule }) => rule)));
  const items = Object.entries(RULES).flatMap(([rule, says]) =>
    [...used].some(one => one === rule) ? [`${title(rule)}: ${says}.`] : [],
  );
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: 'The rules used' },
        { kind: 'list', items },
      ];
}

const title = (rule: string): string => rule.charAt(0).toUpperCase() + rule.slice(1);

function stretchBlocks({ rule, taken, after }: Stretch, setting: Setting): Block[] {
  const once = folded(taken, setting, ({ step, term }, at) => reasonFor(step, term, at));
  const isFolded = once.length < taken.length;
  const reasons = once.map(text => `${text}${isFolded && /ₖ|_\{k\}/.test(text) ? ' (on each axis)' : ''}.`);
  return [
    ...(reasons.length === 1
      ? [{ kind: 'text', text: `${title(rule)}: ${reasons[0]}` } as const]
      : [{ kind: 'text', text: `${title(rule)}:` } as const, { kind: 'list', items: reasons } as const]),
    { kind: 'formula', lead: '=', parts: after ? termParts(after, setting) : ['0'] },
  ];
}

function witnessText({ parameters }: Statement, { witness }: Proof, setting: Setting): string {
  const values = parameters.map(one => math(`${name(one, setting)} = ${witness.get(one) ?? '?'}`));
  return `The assumptions can be met, for example by ${values.join(', ')}.`;
}
