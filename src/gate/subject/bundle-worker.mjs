// npm run worker: bundles worker.ts and writes worker-text.ts, the worker as the library carries it; --print: to stdout.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = name => fileURLToPath(new URL(name, import.meta.url));

/** The text of worker-text.ts as it should be. */
async function workerFile() {
  const { outputFiles } = await build({
    entryPoints: [path('worker.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    write: false,
  });
  const text = Buffer.from(outputFiles[0].contents).toString('base64');
  const head =
    '/** worker.ts with all that it imports, in base64: written by `npm run worker`, and never by hand. */';
  return `${head}\nexport const WORKER: string =\n  '${text}';\n`;
}

const file = await workerFile();
if (process.argv[2] === '--print') process.stdout.write(file);
else writeFileSync(path('worker-text.ts'), file);
