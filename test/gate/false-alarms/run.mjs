/** Builds the search from the sources as they are, and runs it: npm run false-alarms -- --runs 100000 --seed 7 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const directory = mkdtempSync(join(tmpdir(), 'backproof-false-alarms-'));
const outfile = join(directory, 'main.mjs');
try {
  await build({
    entryPoints: [fileURLToPath(import.meta.resolve('./main.ts'))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['mathjs', 'fast-check'],
    logLevel: 'silent',
  });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(directory, { recursive: true });
}
