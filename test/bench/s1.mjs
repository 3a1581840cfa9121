// S1: symbolic gradients of conv2d, every cell of dL/dX and dL/dF as text.
import { compare, printLine, printSkipped } from './harness.mjs';
import { overdue } from './limits.mjs';
import { makeSystem, summarize, systemNames } from './s1-systems.mjs';
import { answerTerms, cases, differs } from './s1-task.mjs';

const suite = 's1';
const ours = 'backproof';
const module = new URL('./s1-systems.mjs', import.meta.url).href;

/** The closed forms are the reference that every answer is held against. */
async function referenceFor(task) {
  const floor = await makeSystem('floor', task);
  const reference = summarize('floor', floor());
  if (reference.terms !== answerTerms(task)) throw new Error(`the floor has ${reference.terms} terms`);
  return reference;
}

async function compareOn(task, systems) {
  const reference = await referenceFor(task);
  const judge = (system, answer) => differs(answer, reference, { expanded: system === ours });
  return compare({ suite, name: task.name, module, task, systems, ours, differs: judge });
}

/** Least-squares slope of log time against log answer terms. */
function exponentOf(points) {
  const logs = points.map(({ terms, cpu_ms }) => [Math.log(terms), Math.log(cpu_ms)]);
  const mean = at => logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const slope = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return slope / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

async function runScaling() {
  const systems = [ours, 'floor'];
  const points = { [ours]: [], floor: [] };
  for (const n of [16, 32, 64, 128]) {
    const task = { name: `${n},3 (scaling)`, n, k: 3, channels: 1, kernels: 1 };
    const results = await compareOn(task, systems);
    for (const system of systems) points[system].push({ terms: answerTerms(task), ...results[system] });
  }
  const name = 'exponent of time in answer terms, n = 16..128';
  for (const system of systems) {
    const reason = points[system].find(point => point.reason !== undefined)?.reason;
    if (reason !== undefined) printSkipped({ suite, name, system, reason });
    else {
      const { median_ms, cpu_ms, runs } = points[system].at(-1);
      const exponent = Number(exponentOf(points[system]).toFixed(3));
      printLine({ suite, name, system, median_ms, cpu_ms, runs, ratio: null, exponent });
    }
  }
}

export async function run() {
  const out = new Map(); // system -> the first case it could not answer in time
  for (const task of cases) {
    for (const [system, reason] of out) printSkipped({ suite, name: task.name, system, reason });
    const results = await compareOn(
      task,
      systemNames.filter(system => !out.has(system)),
    );
    for (const [system, { reason }] of Object.entries(results)) {
      if (reason === overdue) out.set(system, `${reason} already at ${task.name}, a smaller case`);
    }
  }
  await runScaling();
}
