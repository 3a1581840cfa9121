/** Reading documents: a path or standard input, text only. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { BackproofError } from '../error.js';
import type { Format } from '../notes/index.js';

export interface Source {
  readonly path: string;
  readonly format: Format;
  readonly text: string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
};

/**
 * @param inputFormat what standard input (`-`) holds
 * @throws BackproofError `missing-file`, `unreadable-file`, `binary-file`, `unknown-document-format`.
 */
export function readSource(path: string, inputFormat: 'md' | 'txt'): Source {
  const extension = path === '-' ? `.${inputFormat}` : extname(path).toLowerCase();
  const format = FORMATS[extension];
  if (!format) throw unknownFormat(path, extension);
  return { path, format, text: readText(path) };
}

/** The text of a file, or of standard input. @throws BackproofError `missing-file`, `unreadable-file`, `binary-file`. */
export function readText(path: string): string {
  const bytes = readBytes(path);
  if (bytes.includes(0)) throw refused('binary-file', path, 'the file is not text', 'text', 'a NUL byte');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused('binary-file', path, 'the file is not text in UTF-8', 'UTF-8', 'other bytes');
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    const what = missing ? 'there is no such file' : 'the file cannot be read';
    throw refused(
      missing ? 'missing-file' : 'unreadable-file',
      path,
      what,
      'a readable file',
      code ?? String(error),
    );
  }
}

function refused(code: string, path: string, what: string, expected: string, got: string): BackproofError {
  return new BackproofError({
    code,
    where: path,
    what,
    expected,
    got,
    fix: 'Check the path.',
    data: { path },
  });
}

function unknownFormat(path: string, extension: string): BackproofError {
  return new BackproofError({
    code: 'unknown-document-format',
    where: path,
    what: 'documents of this kind are not read',
    expected: `${Object.keys(FORMATS).join(', ')}, or - for standard input`,
    got: extension || 'no extension',
    fix: 'Save it as Markdown or plain text, or pipe it in with --input-format md or txt.',
    data: { path },
  });
}
