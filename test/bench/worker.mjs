// One system of a benchmark, in its own worker: answers 'first', 'warm-up' and 'sample' with times and results.
import { parentPort, workerData } from 'node:worker_threads';

const { module, system, task } = workerData;
const { makeSystem, summarize } = await import(module);
let run;
let sink = 0;

/** Reads the last character of every text: a rope that was never joined is not an answer yet. */
function consume(texts) {
  for (const text of texts) sink += text.charCodeAt(text.length - 1);
}

async function sampleOf(repetitions) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let result;
  for (let i = 0; i < repetitions; i += 1) {
    result = run();
    if (result instanceof Promise) result = await result;
    consume(result.x);
    consume(result.w);
  }
  const wall_ms = (performance.now() - start) / repetitions;
  const { user, system: kernel } = process.cpuUsage(cpu);
  const cpu_ms = (user + kernel) / 1000 / repetitions;
  return { sample: result.measured ?? { wall_ms, cpu_ms }, result };
}

/** Doubles the repetitions until a sample is long enough; stops early when one run already is. */
async function warmUp(sampleMs) {
  const end = performance.now() + 1000;
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
    run = await makeSystem(system, task);
    const { sample, result } = await sampleOf(1);
    return { sample, answer: summarize(system, result) };
  },
  'warm-up': ({ sampleMs }) => warmUp(sampleMs),
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
