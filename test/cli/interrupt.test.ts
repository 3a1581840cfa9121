import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withFolder } from './run.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const LINE = '$$\\frac{\\partial L}{\\partial X_{13}} = \\frac{\\partial L}{\\partial O_{11}} * F_{13}$$';
const NOTES = `<!-- backproof: conv2d input=X[3,3] kernel=F[2,2] output=O loss=L -->\n\n${`${LINE}\n\n`.repeat(60_000)}`;

test('Ctrl-C ends a long check with exit code 3 and no half result', async () => {
  const outcome = await withFolder({ 'notes.md': NOTES }, folder => {
    const child = spawn(process.execPath, [MAIN, 'check', join(folder, 'notes.md')]);
    let stdout = '';
    child.stdout.on('data', data => {
      stdout += data;
    });
    // The first progress line says that it is at work.
    child.stderr.once('data', () => child.kill('SIGINT'));
    return new Promise<{ code: number | null; stdout: string }>(resolve => {
      child.on('close', code => resolve({ code, stdout }));
    });
  });
  expect(outcome).toEqual({ code: 3, stdout: '' });
});
