/** The fault dictionary: which known mistakes do exactly what the kernel does? */
import type { Params } from '../../ops/index.js';
import { COTANGENT } from '../../ops/index.js';
import { sameShape } from '../../tensor/index.js';
import type { WireTensor, WireTensors } from '../subject/wire.js';
import { type Random, randomFrom } from '../vectors/random.js';
import { cut } from './formula-text.js';
import { nonZeros, wireTensor } from './probe.js';
import { type Ask, countIn, type Problem, type Results, type Settled, settle } from './problem.js';

/** A known mistake, as a kernel that makes it. */
export interface KnownMistake {
  readonly id: string;
  /** What went wrong, in words for the person who made it. */
  readonly says: string;
  /** A hint of the place. */
  readonly where: string;
  /** Null, or an error, where it has no result for such a call. */
  readonly run: (
    inputs: WireTensors,
    upstream: WireTensor | null,
    params: Params,
  ) => Results | null | Promise<Results | null>;
}

/** The kernel under test at a configuration. */
export interface Configuration {
  readonly ask: Ask;
  readonly problem: Problem;
}

export interface Explanation {
  readonly mistake: KnownMistake;
  /** Probes that it reproduced. */
  readonly probes: number;
  readonly configurations: number;
  /** Configurations on which it differs from the definition's own kernel, where that one is given. */
  readonly visible: number;
  /** Others of the list that this one cannot be told from here. */
  readonly ties: readonly string[];
}

export interface ExplainOptions {
  /** At each configuration; 4 by default. */
  readonly probes?: number;
  readonly seed?: number;
  /** Further configurations, other sizes and parameters of the same operator and result. */
  readonly more?: readonly Configuration[];
  /** A right kernel: entries that change something on fewer configurations are the more specific ones. */
  readonly right?: KnownMistake['run'];
}

/**
 * The entries that give the kernel's whole result on every fresh probe of integers at every
 * configuration (fractions up to rounding); the most specific first, those that are as specific in the order of the list.
 * @throws BackproofError the codes of `settle`, and what `ask` throws.
 */
export async function explainBy(
  mistakes: readonly KnownMistake[],
  ask: Ask,
  problem: Problem,
  { probes = 4, seed = 1, more = [], right }: ExplainOptions = {},
): Promise<Explanation[]> {
  const configurations = [{ ask, problem }, ...more];
  const visible = new Map(mistakes.map(one => [one, 0]));
  for (const [k, configuration] of configurations.entries()) {
    const settled = settle(configuration.problem);
    const random = randomFrom(`explain ${seed} ${k}`);
    const differs = new Set<KnownMistake>();
    for (let probe = 0; probe < probes; probe++) {
      const call = callAt(settled, random, probe);
      const got = resultOf(settled, await asked(configuration.ask, call));
      const truth = right && (await computed(right, settled, call));
      for (const mistake of [...visible.keys()]) {
        const theirs = await computed(mistake.run, settled, call);
        if (got === null || theirs === null || !sameNumbers(got, theirs)) visible.delete(mistake);
        else if (truth && !sameNumbers(truth, theirs)) differs.add(mistake);
      }
      if (visible.size === 0) return [];
    }
    for (const mistake of differs) visible.set(mistake, (visible.get(mistake) ?? 0) + 1);
  }
  // What is no mistake on any of these explains none.
  if (right) for (const [mistake, seen] of [...visible]) if (seen === 0) visible.delete(mistake);
  return ranked(visible, { probes: probes * configurations.length, configurations: configurations.length });
}

/** An entry that changes less explains more. */
function ranked(
  visible: ReadonlyMap<KnownMistake, number>,
  counts: Pick<Explanation, 'probes' | 'configurations'>,
): Explanation[] {
  const ids = [...visible.keys()].map(one => one.id);
  return [...visible]
    .sort(([, a], [, b]) => a - b)
    .map(([mistake, seen]) => ({
      ...{ mistake, ...counts, visible: seen },
      ties: ids.filter(id => id !== mistake.id),
    }));
}

interface Call {
  readonly inputs: WireTensors;
  readonly upstream: WireTensor | null;
}

/** Small integers without 0; later probes are larger, so that narrow sums show. */
function callAt(settled: Settled, random: Random, probe: number): Call {
  const amplitude = settled.problem.dtype === 'float64' ? 7 * 64 ** (probe % 4) : 7 * 4 ** (probe % 3);
  const tensor = (name: string) =>
    wireTensor(settled, name, nonZeros(random, countIn(settled, name), amplitude));
  const inputs = Object.fromEntries(Object.keys(settled.call.inputs).map(name => [name, tensor(name)]));
  return { inputs, upstream: settled.wrt === null ? null : tensor(COTANGENT) };
}

async function computed(
  run: KnownMistake['run'],
  settled: Settled,
  { inputs, upstream }: Call,
): Promise<WireTensor | null> {
  try {
    const results = await run(copiesOf(inputs), upstream && copyOf(upstream), settled.problem.params);
    return resultOf(settled, results);
  } catch {
    // An entry that cannot run such a call does not explain it.
    return null;
  }
}

/** Each gets copies: some kernels write to what they are given. */
const asked = (ask: Ask, { inputs, upstream }: Call): Promise<Results | null> =>
  ask(copiesOf(inputs), upstream && copyOf(upstream));

const copiesOf = (tensors: WireTensors): WireTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, one]) => [name, copyOf(one)]));

const copyOf = (tensor: WireTensor): WireTensor => ({ ...tensor, data: tensor.data.slice() });

const resultOf = ({ problem }: Settled, results: Results | null): WireTensor | null =>
  results?.[problem.result] ?? null;

/** Integers are equal or not; fractions may differ by what dividing earlier or later makes of them. NaN equals NaN. */
function sameNumbers(a: WireTensor, b: WireTensor): boolean {
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape) || a.data.length !== b.data.length) return false;
  const unit = a.dtype === 'float64' ? 2 ** -46 : 2 ** -17;
  const largest = Array.from(a.data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.data.every((value, k) => {
    const other = b.data[k]!;
    if (value === other || (Number.isNaN(value) && Number.isNaN(other))) return true;
    const whole = Number.isInteger(value) && Number.isInteger(other);
    return !whole && Math.abs(value - other) <= unit * largest;
  });
}

/** "gives the kernel's numbers on 12 probes at 3 configurations; so do C2, C7". */
export function explanationText({ probes, configurations, ties }: Explanation): string {
  const at = configurations === 1 ? 'this configuration' : `${configurations} configurations`;
  const others = ties.length === 0 ? '' : `; so ${ties.length === 1 ? 'does' : 'do'} ${cut(ties, ', ', 60)}`;
  return `gives the kernel's numbers on ${probes} probes at ${at}${others}`;
}
