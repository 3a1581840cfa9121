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

function sampled(work) {
  for (let k = 0; k < runs; k++) work();
  const before = process.cpuUsage();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const { user, system } = process.cpuUsage(before);
  return { median_ms: median(times), cpu_ms: (user + system) / 1000 / runs, runs, ratio: null };
}

/** Both forms of each gradient claim: the derivative, and the adjoint identity. */
function measure({ prove, checkCertificate }, operator, wrt) {
  const reports = prove(operator, undefined, {}, { wrt });
  const open = reports.find(report => report.verdict !== 'PROVED');
  if (open) throw new Error(`${open.id}: ${open.verdict}`);
  const [first] = reports;
  const text = JSON.stringify(first.certificate);
  const verdicts = sampled(() => prove(operator, undefined, {}, { wrt }));
  const share = Array.from({ length: runs }, () => prove(operator, undefined, {}, { wrt })[0].ms);
  printLine({
    suite,
    name: `${first.id}: proved`,
    system,
    ...verdicts,
    median_ms: median(share),
    bytes: text.length,
  });
  printLine({ suite, name: `${first.id}: checked again`, system, ...sampled(() => checkCertificate(text)) });
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
  if (typeof library.prove !== 'function') throw new Error('not built; run: npm run build');
  const operators = ['conv1d', 'conv2d', 'conv3d'];
  for (const operator of operators) for (const wrt of ['x', 'w']) measure(library, operator, wrt);
  replay(operators);
}
