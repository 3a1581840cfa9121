/** What loading the library loads: nothing but its own core. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Files and packages that a built file imports before it runs, through every file it imports. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(DIST, file), 'utf8');
  for (const [, name] of text.matchAll(/(?:^|[;}\n])(?:import|export)[^"';()]*from\s*"([^"]+)"/g)) {
    if (name!.startsWith('.')) loadedBy(join(dirname(file), name!), seen);
    else seen.add(name!);
  }
  return seen;
}

test('the library loads no package, and not the reader of notations', () => {
  const loaded = [...loadedBy('index.js')];
  expect(loaded.filter(name => !name.endsWith('.js'))).toEqual([]);
  const text = loaded.map(file => readFileSync(join(DIST, file), 'utf8')).join('\n');
  expect(text).toContain('symbolic');
  // A word that only the judge of derivations uses; the next test shows that it is in the build.
  expect(text).not.toContain('unrotated-kernel');
});

test('the reader is in the build', () => {
  const built = readdirSync(join(DIST, 'library'));
  const text = built.map(name => readFileSync(join(DIST, 'library', name), 'utf8')).join('\n');
  expect(text).toContain('unrotated-kernel');
});

test('the library is three files, for the kernels have a door of their own: one more costs as much as twenty kilobytes', () => {
  expect(loadedBy('index.js').size).toBe(3);
  expect(loadedBy('kernels/index.js').size).toBe(2);
});

test('a command loads its own module only', () => {
  const packages = [...loadedBy('cli/main.js')].filter(name => !name.endsWith('.js'));
  expect(packages.filter(name => !name.startsWith('node:'))).toEqual(['commander']);
});
