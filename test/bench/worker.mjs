// One system of a benchmark, in its own worker: answers 'first', 'warm-up' and 'sample' with times and results.
// A system is a function that runs once, or { run, read }: `read` makes the answer of a result, untimed; or
// { sample, read } when it takes its own times.
import { parentPort, workerData } from 'node:worker_threads';

const { module, system, task } = workerData;
const { makeSystem, summarize, consume } = await import(module);
let contestant;
let sink = 0;

async function timed(repetitions) {
  const { run } = contestant;
  const cpu = process.cpuUsage();
  const start = performance.now();
  let result;
  for (let i = 0; i < repetitions; i += 1) {
    result = run();
    if (result instanceof Promise) result = await result;
    sink += consume(result);
  }
  const wall_ms = (performance.now() - start) / repetitions;
  const { user, system: kernel } = process.cpuUsage(cpu);
  const cpu_ms = (user + kernel) / 1000 / repetitions;
  return { sample: result.measured ?? { wall_ms, cpu_ms }, result };
}

const sampleOf = repetitions => (contestant.sample ?? timed)(repetitions);

/** Doubles the repetitions until a sample is long enough; stops early when one run already is. */
async function warmUp({ warmUpMs, sampleMs }) {
  const end = performance.now() + warmUpMs;
  let repetitions = 1;
  for (;;) {
    const { sample } = await sampleOf(repetitions);
    const enough = sample.wall_ms * repetitions >= sampleMs;
    if (!enough) repetitions *= 2;
    else if (performance.now() >= end) return { repetitions, each_ms: sample.wall_ms };
  }
}

const answers = {
  async first() {
    const made = await makeSystem(system, task);
    contestant = typeof made === 'function' ? { run: made } : made;
    const { sample, result } = await sampleOf(1);
    const answer = contestant.read ? await contestant.read(result) : result;
    return { sample, answer: summarize(system, answer) };
  },
  'warm-up': warmUp,
  async sample({ repetitions }) {
    const { sample } = await sampleOf(repetitions);
    return { sample };
  },
};

parentPort.on('message', async request => {
  try {
    parentPort.postMessage(await answers[request.what](request));
  } catch (error) {
    parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
parentPort.on('close', () => console.error(sink));
