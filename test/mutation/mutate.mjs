/**
 * Mutation testing of the trusted checker: takes away one premise at a time and runs the forged proofs. Every
 * mutant must be noticed. Exit 1 if one survives, if the sources have changed under the list, or if the
 * checker as it stands fails a case. Run it with `npm run mutation`; words given pick the mutants that have them.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'backproof-mutants-'));
const [SECONDS, AT_ONCE] = [10, 2];

const text = `export { check } from './check.ts';
export { sidesOf } from './statement.ts';`;
const checker = { stdin: { contents: text, resolveDir: join(root, 'src/proof/trusted') } };
const cases = { entryPoints: [fileURLToPath(import.meta.resolve('./run-cases.ts'))] };
const list = { entryPoints: [fileURLToPath(import.meta.resolve('./mutants/all.ts'))] };

/** The source with the mutant's premise taken away. */
function mutated({ file, premise, snippet, replacement }) {
  const parts = readFileSync(join(root, file), 'utf8').split(snippet);
  if (parts.length !== 2)
    throw new Error(`${file}: "${premise}" is about text that occurs ${parts.length - 1} times:\n${snippet}`);
  return parts.join(replacement);
}

/** Builds a module in the temporary directory, with one file mutated if a mutant is given; its address. */
async function bundle(input, name, mutant) {
  const swap = {
    name: 'mutant',
    setup: ({ onLoad }) => {
      const filter = new RegExp(`${mutant.file.replaceAll('.', '\\.')}$`);
      onLoad({ filter }, () => ({ contents: mutated(mutant), loader: 'ts' }));
    },
  };
  const outfile = join(directory, `${name}.mjs`);
  await build({
    ...input,
    plugins: mutant ? [swap] : [],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  return pathToFileURL(outfile).href;
}

/** The cases that come out otherwise; a checker that does not answer costs its worker. */
function surprisesOf(path, worker) {
  return new Promise(resolve => {
    const late = setTimeout(() => {
      worker.terminate();
      resolve([{ name: `no answer within ${SECONDS} s`, proof: 'forged', got: 'no answer' }]);
    }, SECONDS * 1000);
    worker.once('message', found => {
      clearTimeout(late);
      resolve(found);
    });
    worker.postMessage(path);
  });
}

/** How a mutant was noticed: best of all, it accepts a false statement. */
function verdictOn(mutant, found) {
  const accepts = found.find(({ proof, got }) => proof === 'forged' && got === 'accepted');
  const other = found.find(({ proof }) => proof === 'forged') ?? found[0];
  if (mutant?.equivalent)
    return found.length === 0 ? ['equivalent', mutant.equivalent] : ['NOT EQUIVALENT', other.name];
  if (accepts) return ['accepts', accepts.name];
  if (!other) return ['SURVIVED', ''];
  return [other.proof === 'twin' ? 'too strict' : 'other code', `${other.name} (${other.got})`];
}

/** Runs the cases under each mutant; those that share a worker come one after the other. */
async function verdictsOn(mutants) {
  const code = new URL(await bundle(cases, 'cases'));
  const verdicts = [];
  const next = mutants.entries();
  const work = async () => {
    let worker = new Worker(code);
    for (const [k, mutant] of next) {
      const found = await surprisesOf(await bundle(checker, `mutant-${k}`, mutant), worker);
      verdicts[k] = verdictOn(mutant, found);
      if (worker.threadId < 0 || found.some(({ got }) => got === 'no answer')) worker = new Worker(code);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return verdicts;
}

async function main(words) {
  const { mutants } = await import(await bundle(list, 'list'));
  for (const mutant of mutants) mutated(mutant);
  const picked = mutants.filter(({ file, premise }) =>
    words.every(word => `${file} ${premise}`.includes(word)),
  );
  // The first is no mutant: the checker as it stands must pass.
  const [asItStands, ...verdicts] = await verdictsOn([undefined, ...picked]);
  if (asItStands[0] !== 'SURVIVED') throw new Error(`the checker itself fails: ${asItStands.join(' ')}`);
  for (const [k, { file, premise }] of picked.entries()) {
    const [how, by] = verdicts[k];
    console.log(`${how.padEnd(10)}  ${file.replace(/^.*\//, '').padEnd(12)}  ${premise.padEnd(66)}  ${by}`);
  }
  const kinds = [...new Set(verdicts.map(([how]) => how))];
  const counts = kinds.map(how => `${verdicts.filter(one => one[0] === how).length} ${how}`);
  console.log(`\n${picked.length} mutants: ${counts.join(', ')}`);
  return verdicts.every(([how]) => how === how.toLowerCase());
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
