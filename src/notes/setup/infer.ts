/** Without a directive: the setup that the forward equations of a document show, or why there is none. */
import { operatorNamed } from '../../ops/index.js';
import { type LineIndex, positionAt } from '../document/position.js';
import type { Equation } from '../formula/equation.js';
import { choose } from './choose.js';
import { shapesOf } from './extents.js';
import type { Fit } from './fit.js';
import { forwardEquations } from './forward.js';
import { type Candidate, candidateOf, describe } from './geometry.js';
import { type Group, largestGroups } from './group.js';
import { lossOf, type Mentions, mentionsOf } from './mentions.js';
import { observe } from './observed.js';
import { fitsOf } from './search.js';
import type { IndexStyle, Setup } from './setup.js';

export type Inference = Inferred | NotInferred;

export interface Inferred {
  readonly kind: 'inferred';
  readonly setup: Setup;
  /** What was assumed where the equations leave a choice without consequence. */
  readonly notes: readonly string[];
  /** Lines of forward equations that do not hold under the setup. */
  readonly contradicting: readonly number[];
}

export interface NotInferred {
  readonly kind: 'not-inferred';
  readonly code: 'no-forward-equations' | 'too-few-equations' | 'no-fit' | 'no-majority' | 'ambiguous';
  readonly reason: string;
}

/**
 * Never throws. `lines` is the line index of the document that the spans of the equations refer to.
 * Lines that contradict the setup are slips, unless together they show another one under the same names: then the
 * document has two examples, and nothing says which of them a gradient belongs to.
 */
export function inferSetup(equations: readonly Equation[], lines: LineIndex): Inference {
  const first = inferOne(equations, lines);
  if (first.kind === 'not-inferred' || first.contradicting.length < 2) return first;
  const isStray = ({ span }: Equation) => first.contradicting.includes(positionAt(lines, span.start).line);
  const second = inferOne(equations.filter(isStray), lines);
  if (second.kind === 'not-inferred' || second.contradicting.length > 0) return first;
  const [here, there] = [first, second].map(({ setup }) => setup.inferredFrom.join(', '));
  const reason = `lines ${here} show one operator and lines ${there} another under the same names`;
  return none('ambiguous', `${reason}; put a directive before each of the two parts`);
}

function inferOne(equations: readonly Equation[], lines: LineIndex): Inference {
  const groups = largestGroups(forwardEquations(equations, offset => positionAt(lines, offset).line));
  const [group, rival] = groups;
  if (group === undefined) {
    return none(
      'no-forward-equations',
      'no equation gives an indexed output as a sum of products of two indexed names',
    );
  }
  if (rival !== undefined) {
    const names = groups.map(one => `${one.output} from ${one.operands.join(' and ')}`).join('; ');
    return none('ambiguous', `several outputs have equally many forward equations: ${names}`);
  }
  // Forward equations speak through the fit; what a spoilt one mentions is no evidence.
  const mentions = mentionsOf(equations, new Set(group.equations.map(({ source }) => source)));
  const fits = fitsOf(group);
  const candidates = fits.flatMap(fit => {
    const shapes = shapesOf(fit, group, mentions);
    const candidate = shapes && candidateOf(fit, shapes, group);
    return candidate ? [candidate] : [];
  });
  if (endIsOpen(fits, candidates, group)) {
    return none('ambiguous', `the forward equations of ${group.output} do not show where the input ends`);
  }
  return decide(candidates, group, equations, mentions);
}

/** A fit without shapes explains as much as any with them: what remains is a stranger reading of the same lines. */
function endIsOpen(fits: readonly Fit[], candidates: readonly Candidate[], group: Group): boolean {
  const shown = new Set(candidates.map(({ fit }) => fit));
  const most = candidates.reduce((count, { fit }) => Math.max(count, fit.exact.length), 0);
  return fits.some(fit => {
    if (shown.has(fit) || fit.reading.widths !== null) return false;
    return fit.exact.length * 2 > group.equations.length && fit.exact.length >= most;
  });
}

function decide(
  candidates: readonly Candidate[],
  group: Group,
  equations: readonly Equation[],
  mentions: Mentions,
): Inference {
  const { best, same, different } = choose(candidates, group);
  if (best === undefined) {
    const operands = group.operands.join(' and ');
    return none('no-fit', `the forward equations of ${group.output} show no sliding product of ${operands}`);
  }
  const refusal = tooWeak(best, group) ?? severalMeanings(best, different, group);
  if (refusal) return refusal;
  const inferredFrom = [...new Set(best.fit.exact.map(({ line }) => line))].sort((a, b) => a - b);
  return {
    kind: 'inferred',
    setup: setupOf(best, group, equations, inferredFrom),
    notes: notesOf(best, same, group, mentions),
    contradicting: contradicting(best, group),
  };
}

/** Too few equations hold, or they show too little. */
function tooWeak({ fit }: Candidate, group: Group): NotInferred | null {
  const { exact, stepSeen, kernelShape } = fit;
  const all = group.equations.length;
  const written = `the ${all} forward equations of ${group.output}`;
  if (exact.length * 2 <= all) {
    const most = `at most ${exact.length} of ${all}`;
    return none('no-majority', `${most} forward equations of ${group.output} agree on one sliding product`);
  }
  const enough = exact.length > 1 || (all === 1 && exact[0]!.taps.length > 1);
  if (!enough) return none('too-few-equations', `${written} do not show the whole kernel`);
  if (!stepSeen) {
    return none('too-few-equations', `${written} that agree do not show the dilation of the kernel`);
  }
  if (kernelShape.some(extent => extent > 1)) return null;
  return none('too-few-equations', `${written} show a kernel of one cell, which may be any product`);
}

function severalMeanings(best: Candidate, different: readonly Candidate[], group: Group): NotInferred | null {
  if (different.length > 0) {
    const readings = [best, ...different].slice(0, 4).map(one => describe(one, group));
    return none(
      'ambiguous',
      `the forward equations of ${group.output} can be read as ${readings.join('; or as ')}`,
    );
  }
  if (kernelIsOpen(best, group)) {
    const kernel = group.operands[best.fit.kernel]!;
    return none('ambiguous', `forward equations that fit nothing leave open how large ${kernel} is`);
  }
  if (best.fit.stray.length > 1) {
    const count = `${best.fit.stray.length} forward equations of ${group.output}`;
    return none('ambiguous', `${count} have nothing to do with what the others show`);
  }
  if (!bordering(best)) return null;
  return none('ambiguous', `a forward equation that fits nothing leaves open how large ${group.output} is`);
}

/** Two spoilt equations mention the same kernel cell beyond those that the others show: it may exist. */
function kernelIsOpen({ fit }: Candidate, group: Group): boolean {
  const holding = new Set(fit.exact.map(({ line }) => line));
  const mentions = new Map<string, number>();
  for (const { line, taps } of observe(group, fit.reading, fit.kernel)) {
    if (holding.has(line)) continue;
    const beyond = taps.filter(({ q }) => q.some((at, axis) => at >= fit.kernelShape[axis]!));
    for (const cell of new Set(beyond.map(({ q }) => q.join()))) {
      mentions.set(cell, (mentions.get(cell) ?? 0) + 1);
    }
  }
  return [...mentions.values()].some(count => count > 1);
}

/** A spoilt equation just behind the last output: that output may exist or be a slip. */
const bordering = ({ fit, shapes }: Candidate): boolean =>
  fit.stray.some(
    p =>
      p.every((place, axis) => place <= shapes.output[axis]!) &&
      p.some((place, axis) => place === shapes.output[axis]),
  );

/** An equation that is not exact; two equations may share a line. */
function contradicting({ fit }: Candidate, group: Group): number[] {
  const counts = new Map<number, number>();
  for (const { line } of group.equations) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const { line } of fit.exact) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts]
    .filter(([, left]) => left > 0)
    .map(([line]) => line)
    .sort((a, b) => a - b);
}

function setupOf(
  { fit, shapes, call, operator }: Candidate,
  group: Group,
  equations: readonly Equation[],
  inferredFrom: readonly number[],
): Setup {
  const [input, kernel] = [group.operands[1 - fit.kernel]!, group.operands[fit.kernel]!];
  const { bias } = group;
  const tensors = [input, kernel, group.output, ...(bias ? [bias.key] : [])];
  return {
    operator: operatorNamed(operator),
    call,
    roles: {
      input: { names: [input], shape: shapes.input },
      kernel: { names: [kernel], shape: fit.kernelShape },
      ...(bias ? { bias: { names: [bias.key], shape: bias.subscript.kind === 'none' ? [] : [1] } } : {}),
      output: { names: [group.output], shape: shapes.output },
    },
    loss: lossOf(equations, tensors),
    upstream: [],
    index: styleOf(fit.reading.widths !== null, fit.reading.base),
    product: null,
    inferredFrom,
    params: call.params,
  };
}

function styleOf(running: boolean, base: 0 | 1): IndexStyle {
  if (running) return base === 0 ? 'running0' : 'running';
  return base === 0 ? 'pair0' : 'pair';
}

function notesOf(best: Candidate, same: readonly Candidate[], group: Group, mentions: Mentions): string[] {
  const notes: string[] = [];
  for (const [axis, { strideSeen, stride }] of best.fit.axes.entries()) {
    if (strideSeen) continue;
    const along = best.call.rank === 1 ? '' : ` along axis ${axis + 1}`;
    notes.push(
      `the outputs of the forward equations have one place${along}: any stride fits, ${stride} is taken`,
    );
  }
  const other = same.find(({ fit }) => fit.kernel !== best.fit.kernel);
  if (other) {
    const [kernel, input] = [group.operands[best.fit.kernel]!, group.operands[1 - best.fit.kernel]!];
    notes.push(
      `${kernel} is taken as the kernel; with ${input} as the kernel every cell would mean the same`,
    );
  }
  const grown = best.shapes.output.some((extent, axis) => extent > best.fit.outputShape[axis]!);
  if (grown && mentions.has(group.output)) {
    notes.push(
      `${group.output} is as large as other equations mention it, ${best.shapes.output.join(' x ')}`,
    );
  }
  return notes;
}

const none = (code: NotInferred['code'], reason: string): NotInferred => ({
  kind: 'not-inferred',
  code,
  reason,
});
