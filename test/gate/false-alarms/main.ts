/**
 * Right kernels at random calls: none of them may fail. Exit 1 if one does, or if too few say anything.
 * npm run false-alarms -- --runs 100000 --seed 7
 */
import { parseArgs } from 'node:util';
import { RIGHT } from '../../../src/gate/mutants/catalogue.js';
import { falseAlarms, type Tried } from './search.js';

const [RUNS, SEED] = [10_000, 1];

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string' }, seed: { type: 'string' } },
  });
  const [runs, seed] = [Number(values.runs ?? RUNS), Number(values.seed ?? SEED)];
  const tried = await falseAlarms({ runs, seed, kernels: RIGHT, tell: text => console.error(text) });
  const alarms = tried.flatMap(one => one.alarms);
  for (const alarm of alarms) console.log(`FALSE ALARM ${alarm}`);
  const judged = sum(tried, one => one.configurations);
  const silent = tried.filter(one => one.agreed < one.configurations);
  for (const { name, configurations, agreed } of silent)
    console.log(`${name}: ${configurations - agreed} of ${configurations} calls said nothing`);
  console.log(
    `${alarms.length} false alarms in ${judged} random calls of right kernels, ${tried.length} operators and styles and types, seed ${seed}: ` +
      `${sum(tried, one => one.results)} results judged, each exactly where its arithmetic is exact, and within its rounding bound on real values`,
  );
  return alarms.length === 0 && silent.length === 0 && judged >= runs ? 0 : 1;
}

const sum = (tried: readonly Tried[], of: (one: Tried) => number): number =>
  tried.reduce((total, one) => total + of(one), 0);
