// Proofs for all shapes of the convolutions: time to find a proof, to a verdict (with witness, certificate and its
// check), and to check the certificate again; its size; and one Coq replay of all of them.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { median, printLine, printSkipped } from './harness.mjs';

const suite = 'proofs';
const system = 'backproof';
const runs = 31;
const cwd = fileURLToPath(new URL('../../', import.meta.url));
const command = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).bin
  .backproof;

/** The parts are no face of the package: they are bundled for the measurement. */
async function loadParts() {
  const entry = fileURLToPath(new URL('./proofs-parts.ts', import.meta.url));
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', packages: 'external' };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function sampled(work) {
  for (let k = 0; k < runs; k++) work();
  const before = process.cpuUsage();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const { user, system: kernel } = process.cpuUsage(before);
  return { median_ms: median(times), cpu_ms: (user + kernel) / 1000 / runs, runs, ratio: null };
}

/** The derivative form of a gradient claim. */
function measure({ operatorTheorems, findProof, judge, checkCertificates }, operator, wrt) {
  const [theorem] = operatorTheorems(operator, { wrt });
  const { verdict, certificate } = judge(theorem);
  if (verdict !== 'PROVED') throw new Error(`${theorem.id}: ${verdict}`);
  const text = JSON.stringify(certificate);
  const works = {
    'proof found': () => findProof(theorem.statement),
    'verdict, certificate written and checked': () => judge(theorem),
    'certificate checked again': () => checkCertificates(text),
  };
  for (const [name, work] of Object.entries(works)) {
    printLine({ suite, name: `${theorem.id}: ${name}`, system, ...sampled(work), bytes: text.length });
  }
}

function replay(operators) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [command, 'prove', ...operators, '--coqc'], {
    cwd,
    encoding: 'utf8',
  });
  const name = `coqc, ${operators.join(' ')}`;
  const last = stderr.trim().split('\n').at(-1);
  if (status !== 0) printSkipped({ suite, name, system: 'coqc', reason: last });
  else
    printLine({
      suite,
      name,
      system: 'coqc',
      median_ms: performance.now() - start,
      cpu_ms: null,
      runs: 1,
      ratio: null,
      says: last,
    });
}

export async function run() {
  const parts = await loadParts();
  const operators = ['conv1d', 'conv2d', 'conv3d'];
  for (const operator of operators) for (const wrt of ['x', 'w']) measure(parts, operator, wrt);
  replay(operators);
}
