/** Convolution of any rank with groups, its gradients' closed forms, and ways to get them wrong. */
import { polynomial } from '../../../src/exact/index.js';
import { parseProgram, type SumStage } from '../../../src/index-sum/index.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';

export interface Wrong {
  readonly name: string;
  /** The gradient that is claimed. */
  readonly of: 'x' | 'w';
  readonly change: (text: string) => string;
}

export const facts = (texts: readonly string[]) =>
  texts.map(text => {
    const value = polynomial.parse(text);
    if (!value) throw new Error(`${text} is no polynomial`);
    return value;
  });

/**
 * A statement from a text of sum stages: the last two are its sides, the others its definitions.
 * @param by tensor by which the left side is differentiated, at the free indices
 */
export function statementOf(
  text: string,
  rank: number,
  parameters: readonly string[],
  assume: readonly string[],
  by: string | null = null,
  units: Readonly<Record<string, string>> = {},
): Statement {
  const program = parseProgram(text, rank);
  const stages = program.stages.filter((stage): stage is SumStage => stage.kind === 'sum');
  const definitions = stages.slice(0, -2).map(({ name, free, terms }) => ({ name, free, terms }));
  const [left, right] = stages.slice(-2);
  if (!left || !right) throw new Error('two sides are expected');
  const index = right.free.map(({ name }) => polynomial.variable(name));
  return {
    parameters,
    assume: facts(assume),
    tensors: new Map([...program.inputs, ...Object.keys(units).map((name): [string, number] => [name, 0])]),
    units: new Map(Object.entries(units).map(([name, value]) => [name, facts([value])[0]!])),
    definitions,
    free: right.free,
    left: left.terms,
    by: by === null ? null : { tensor: by, index },
    right: right.terms,
  };
}

const FORWARD = `
y[n<N, o<G*M, p@<P@] = sum(g<G, j<M, c<I, q@<K@) [o = g*M + j] [0 <= s@*p@ + d@*q@ - a@ < L@]
  x[n, g*I + c, s@*p@ + d@*q@ - a@] * w[o, c, q@]
stuffed[n<N, o<G*M, p@<s@*(P@ - 1) + 1] = sum(q@<P@) [p@ = s@*q@] yBar[n, o, q@]
loss[] = sum(m<N, r<G*M, t@<P@) yBar[m, r, t@] * y[m, r, t@]`;

const INPUT = `
dilated[o<G*M, i<I, q@<d@*(K@ - 1) + 1] = sum(k@<K@) [q@ = d@*k@] w[o, i, k@]
rotated[o<G*M, i<I, q@<d@*(K@ - 1) + 1] = dilated[o, i, d@*(K@ - 1) - q@]
full[n<N, c<G*I, p@<s@*(P@ - 1) + d@*(K@ - 1) + 1] = sum(g<G, i<I, j<M, q@<d@*(K@ - 1) + 1) [c = g*I + i]
  [0 <= p@ + q@ - d@*(K@ - 1) < s@*(P@ - 1) + 1] stuffed[n, g*M + j, p@ + q@ - d@*(K@ - 1)] * rotated[g*M + j, i, q@]
claim[n<N, c<G*I, l@<L@] = [0 <= l@ + a@ < s@*(P@ - 1) + d@*(K@ - 1) + 1] full[n, c, l@ + a@]`;

const KERNEL = `
padded[n<N, c<G*I, p@<L@ + a@ + b@] = [0 <= p@ - a@ < L@] x[n, c, p@ - a@]
claim[o<G*M, i<I, k@<K@] = sum(n<N, g<G, j<M, p@<s@*(P@ - 1) + 1) [o = g*M + j]
  padded[n, g*I + i, d@*k@ + p@] * stuffed[n, o, p@]`;

const PARAMETERS = ['N', 'G', 'I', 'M'];

/** The window facts: P = floor((L + a + b - d(K - 1) - 1) / s) + 1, or 0 where that is negative. */
const AXIS = (k: number): string[] => {
  const text = [
    ...['L@', 'K@', 'a@', 'b@', 'P@', 's@-1', 'd@-1'],
    's@-1-L@-a@-b@+d@*K@-d@+1+s@*P@-s@',
    'P@*L@+P@*a@+P@*b@-P@*d@*K@+P@*d@-P@-s@*P@*P@+s@*P@',
  ];
  return text.map(one => one.replaceAll('@', String(k)));
};

export const convolution = (rank: number, of: 'x' | 'w', change: (text: string) => string = text => text) => {
  const axes = Array.from({ length: rank }, (_, k) => k + 1);
  const letters = axes.flatMap(k => ['L', 'K', 's', 'd', 'a', 'b', 'P'].map(letter => letter + k));
  const [head, loss] = FORWARD.split('loss');
  const [before, claim] = (of === 'x' ? INPUT : KERNEL).split('claim');
  const original = `${head}${before}loss${loss}\nclaim${claim}`;
  const text = change(original);
  return statementOf(text, rank, [...PARAMETERS, ...letters], [...PARAMETERS, ...axes.flatMap(AXIS)], of);
};

/** Replaces every occurrence after the first mention of a stage; the text must occur. */
const swap = (stage: string, from: string, to: string) => (text: string) => {
  const at = text.indexOf(`\n${stage}[`);
  if (at < 0 || !text.slice(at).includes(from)) throw new Error(`${stage} has no ${from}`);
  const end = text.indexOf('\n', text.indexOf(']', text.indexOf('=', at)) + 1);
  const next = text.slice(at + 1).search(/\n\w+\[[^\]=]*\] =/);
  const stop = next < 0 ? Math.max(end, text.length) : at + 1 + next;
  return text.slice(0, at) + text.slice(at, stop).replaceAll(from, to) + text.slice(stop);
};

const wrong = (name: string, of: 'x' | 'w', stage: string, from: string, to: string): Wrong => ({
  name,
  of,
  change: swap(stage, from, to),
});

export const mistakes: readonly Wrong[] = [
  wrong('no rotation', 'x', 'rotated', 'd@*(K@ - 1) - q@', 'q@'),
  wrong('no crop', 'x', 'claim', 'l@ + a@', 'l@'),
  wrong('offset ignores dilation', 'x', 'claim', 'l@ + a@', 'l@ + a@ - (d@ - 1)*(K@ - 1)'),
  wrong('no dilation', 'x', 'dilated', 'q@ = d@*k@', 'q@ = k@'),
  wrong('no zero-stuffing', 'x', 'stuffed', 'p@ = s@*q@', 'p@ = q@'),
  {
    name: 'stride and dilation exchanged',
    of: 'x',
    change: text => swap('dilated', 'd@*k@', 's@*k@')(swap('stuffed', 's@*q@', 'd@*q@')(text)),
  },
  wrong(
    'lost remainder',
    'x',
    'claim',
    's@*(P@ - 1) + d@*(K@ - 1) + 1]',
    's@*(P@ - 1) + d@*(K@ - 1) + 1 - b@]',
  ),
  wrong('group 0 only', 'x', 'full', 'stuffed[n, g*M + j', 'stuffed[n, j'),
  wrong('in and out channels exchanged', 'x', 'full', 'rotated[g*M + j, i', 'rotated[g*M + i, j'),
  wrong('negated', 'x', 'claim', '] =', '] = -'),
  wrong('doubled', 'x', 'claim', '] full', '] 2*full'),
  {
    name: 'stuff after padding',
    of: 'x',
    change: swap('claim', 'l@ + a@', 'l@ + s@*a@'),
  },
  wrong('crop to max(a, 0)', 'x', 'claim', 'l@ + a@', 'l@ + a@*a@'),
  wrong('batch transposed', 'x', 'full', 'stuffed[n,', 'stuffed[N - 1 - n,'),
  wrong('unit window step', 'w', 'claim', 'd@*k@', 'k@'),
  wrong('no padding guard', 'w', 'padded', '[0 <= p@ - a@ < L@] ', ''),
  wrong('padding after instead of before', 'w', 'padded', 'x[n, c, p@ - a@]', 'x[n, c, p@ - b@]'),
  wrong('forward without its guard', 'w', 'y', ' [0 <= s@*p@ + d@*q@ - a@ < L@]', ''),
  wrong('rotated result', 'w', 'claim', 'd@*k@', 'd@*(K@ - 1 - k@)'),
  wrong('last output cell lost', 'w', 'claim', 'p@<s@*(P@ - 1) + 1', 'p@<s@*(P@ - 1)'),
  wrong('kernel gradient doubled', 'w', 'claim', 'padded[', '2*padded['),
  wrong('first sample only', 'w', 'claim', 'padded[n,', 'padded[0,'),
];

/** Mistakes between axes: they need two of them. */
export const axisMistakes: readonly Wrong[] = [
  {
    name: 'one stride for both axes',
    of: 'x',
    change: swap('stuffed', '[p@ = s@*q@]', '[p1 = s1*q1] [p2 = s1*q2]'),
  },
  {
    name: 'axes of the kernel exchanged',
    of: 'x',
    change: swap(
      'rotated',
      'dilated[o, i, d@*(K@ - 1) - q@]',
      'dilated[o, i, d2*(K2 - 1) - q2, d1*(K1 - 1) - q1]',
    ),
  },
  {
    name: 'one padding for both axes',
    of: 'w',
    change: swap('padded', 'x[n, c, p@ - a@]', 'x[n, c, p1 - a1, p2 - a1]'),
  },
];
