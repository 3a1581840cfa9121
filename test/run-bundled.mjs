/** Builds a program from the sources as they are, and runs its `main` with the words of the command line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** `main` gives the exit code, or a promise of it. */
export async function runBundled(entry) {
  const directory = mkdtempSync(join(tmpdir(), 'backproof-'));
  const outfile = join(directory, 'main.mjs');
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['mathjs', 'fast-check'],
      sourcemap: 'inline',
      logLevel: 'silent',
    });
    const { main } = await import(pathToFileURL(outfile).href);
    process.exitCode = await main(process.argv.slice(2));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
