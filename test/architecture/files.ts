/** The committed files of this repository, as the architecture tests see them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sources } from './imports.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Text of every file under a folder (or of that one file) whose name passes; keys are paths from the root. */
export function readSources(path: string, accept: RegExp): Sources {
  const start = join(root, path);
  if (!existsSync(start)) return {};
  const below = statSync(start).isFile()
    ? [start]
    : readdirSync(start, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name));
  const paths = below.filter(file => accept.test(file)).sort();
  return Object.fromEntries(
    paths.map(file => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}
