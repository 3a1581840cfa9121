/** Builds the fuzzer from the sources as they are, and runs it: npm run fuzz -- --runs 100000 --seed 7 --op conv2d */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const directory = mkdtempSync(join(tmpdir(), 'backproof-fuzz-'));
const outfile = join(directory, 'fuzz.mjs');
try {
  await build({
    entryPoints: [fileURLToPath(import.meta.resolve('./main.ts'))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['mathjs'],
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = main(process.argv.slice(2));
} finally {
  rmSync(directory, { recursive: true });
}
