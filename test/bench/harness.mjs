// Runs systems against each other on one case and prints one JSON line for each.
// Every system lives in a worker of this one process: its own heap, stoppable, timed by process.cpuUsage while
// everybody else waits. Samples are interleaved, so that a busy machine is busy for all of them.
import { Worker } from 'node:worker_threads';
import { CHECK_MS, LIMIT_MS, overdue } from './limits.mjs';

/** How long to warm up, how long a sample is at least, how many samples at most. */
const steady = { warmUpMs: 1000, sampleMs: 50, runs: 15 };

export const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const rounded = value => (value === null ? null : Number(value.toPrecision(4)));

export function printLine({ suite, name, system, median_ms, cpu_ms, runs, ratio, ...more }) {
  const times = { median_ms: rounded(median_ms), cpu_ms: rounded(cpu_ms), runs, ratio: rounded(ratio) };
  console.log(JSON.stringify({ suite, case: name, system, ...times, ...more }));
}

export const printSkipped = ({ suite, name, system, reason }) =>
  console.log(JSON.stringify({ suite, case: name, system, skipped: reason }));

/** A worker that answers one request at a time, within the limit or not at all. */
class Contestant {
  constructor(module, system, task) {
    this.system = system;
    this.worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: { module, system, task },
      resourceLimits: { maxOldGenerationSizeMb: 4096, stackSizeMb: 16 },
    });
  }

  ask(request) {
    return new Promise((resolve, reject) => {
      const finish = (act, value) => {
        clearTimeout(timer);
        for (const event of ['message', 'error']) this.worker.removeAllListeners(event);
        act(value);
      };
      // an overdue worker is stopped before anybody else is timed
      const stop = async () => {
        await this.worker.terminate();
        finish(reject, new Error(overdue));
      };
      const timer = setTimeout(stop, LIMIT_MS + CHECK_MS);
      this.worker.once('message', ({ error, ...answer }) =>
        error === undefined ? finish(resolve, answer) : finish(reject, new Error(error)),
      );
      this.worker.once('error', error => finish(reject, error));
      this.worker.postMessage(request);
    });
  }
}

const runsFor = ms => (ms < 50 ? 15 : ms < 500 ? 7 : ms < 5000 ? 3 : 1);

/** First run, judged by `differs`, then warm-up: how many repetitions make a sample long enough to time. */
async function enter(contestant, differs, { warmUpMs, sampleMs, runs }) {
  const first = await contestant.ask({ what: 'first' });
  if (first.sample.wall_ms > LIMIT_MS) throw new Error(overdue);
  const difference = differs(first.answer);
  if (difference) throw new Error(`wrong answer: ${difference}`);
  if (runsFor(first.sample.wall_ms) === 1) return { contestant, runs: 1, samples: [first.sample] };
  const { repetitions, each_ms } = await contestant.ask({ what: 'warm-up', warmUpMs, sampleMs });
  return { contestant, repetitions, runs: Math.min(runs, runsFor(each_ms)), samples: [] };
}

async function enterAll(contestants, { differs, pace, onSkip }) {
  const entries = [];
  for (const contestant of contestants) {
    try {
      entries.push(await enter(contestant, answer => differs(contestant.system, answer), pace));
    } catch (error) {
      onSkip(contestant.system, error.message);
    }
  }
  return entries;
}

async function takeSamples(entries, onSkip) {
  const rounds = Math.max(0, ...entries.map(({ runs }) => runs));
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries) {
      const { contestant, repetitions, runs, samples } = entry;
      if (samples.length >= runs || entry.failed) continue;
      try {
        const { sample } = await contestant.ask({ what: 'sample', repetitions });
        samples.push(sample);
      } catch (error) {
        entry.failed = true;
        onSkip(contestant.system, error.message);
      }
    }
  }
  return entries.filter(({ failed }) => !failed);
}

/**
 * Times the named systems of a module on one task. `differs(system, answer)` says how an answer is wrong, or null.
 * Prints a line for each, with what `more(system, times)` adds, and returns {system: {median_ms, cpu_ms, runs} |
 * {reason}}.
 */
export async function compare({ suite, name, module, task, systems, ours, differs, pace = steady, more }) {
  console.error(`${suite} ${name}: ${systems.join(', ')}`);
  const results = {};
  const onSkip = (system, reason) => {
    results[system] = { reason };
  };
  const contestants = systems.map(system => new Contestant(module, system, task));
  try {
    const entries = await enterAll(contestants, { differs, pace, onSkip });
    for (const { contestant, runs, samples } of await takeSamples(entries, onSkip)) {
      const of = key => median(samples.map(sample => sample[key]));
      results[contestant.system] = { median_ms: of('wall_ms'), cpu_ms: of('cpu_ms'), runs };
    }
  } finally {
    await Promise.all(contestants.map(({ worker }) => worker.terminate()));
  }
  const base = results[ours]?.cpu_ms ?? null;
  for (const system of systems) {
    const { reason, ...times } = results[system];
    if (reason !== undefined) printSkipped({ suite, name, system, reason });
    else {
      const ratio = base && times.cpu_ms / base;
      printLine({ suite, name, system, ...times, ratio, ...more?.(system, times) });
    }
  }
  return results;
}
