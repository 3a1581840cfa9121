// Proofs for all shapes of the convolutions: time to a verdict (search, witness, certificate and its check
// together), time to check the certificate again, its size, and one Coq replay of all of them.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, printLine, printSkipped } from './harness.mjs';

const suite = 'proofs';
const system = 'backproof';
const runs = 31;
const cwd = fileURLToPath(new URL('../../', import.meta.url));
const command = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).bin
  .backproof;

/** The reports time themselves: what is loaded when first asked for does not count. */
async function medianOf(reports) {
  for (let k = 0; k < runs; k++) await reports();
  const times = [];
  const before = process.cpuUsage();
  for (let k = 0; k < runs; k++) times.push((await reports())[0].ms);
  const { user, system } = process.cpuUsage(before);
  return { median_ms: median(times), cpu_ms: (user + system) / 1000 / runs, runs, ratio: null };
}

/** The derivative form of a gradient claim; cpu_ms is that of both forms. */
async function measure({ proveForAllShapes, checkCertificate }, operator, wrt) {
  const prove = () => proveForAllShapes(operator, { wrt });
  const reports = await prove();
  const open = reports.find(report => report.verdict !== 'PROVED');
  if (open) throw new Error(`${open.id}: ${open.verdict}`);
  const [{ id, certificate }] = reports;
  const text = JSON.stringify(certificate);
  printLine({ suite, name: `${id}: proved`, system, ...(await medianOf(prove)), bytes: text.length });
  const check = () => checkCertificate(text);
  printLine({ suite, name: `${id}: checked again`, system, ...(await medianOf(check)) });
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
  const library = await import('backproof').catch(() => ({}));
  if (typeof library.proveForAllShapes !== 'function') throw new Error('not built; run: npm run build');
  const operators = ['conv1d', 'conv2d', 'conv3d'];
  for (const operator of operators) for (const wrt of ['x', 'w']) await measure(library, operator, wrt);
  replay(operators);
}
