/** Where a module does not parse: Node tells it only to those who run the file. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BackproofError } from '../../error.js';

/** The error with the line of the syntax error, if the file has one; any other error as it is. */
export async function withLine(error: BackproofError, file: string): Promise<BackproofError> {
  if (error.code !== 'kernel-module-unloadable') return error;
  const line = await lineOfFault(file);
  if (line === null) return error;
  return new BackproofError({
    ...partsOf(error),
    where: `${error.where}, line ${line}`,
    data: { ...error.data, line },
  });
}

async function lineOfFault(file: string): Promise<number | null> {
  try {
    await promisify(execFile)(process.execPath, ['--check', file], { timeout: 10_000 });
    return null;
  } catch (error) {
    const { stderr } = error as { readonly stderr?: unknown };
    // "file:///kernels.mjs:12", "/kernels.cjs:12"
    const found = typeof stderr === 'string' ? /^[^\n]*:(\d+)\n/u.exec(stderr) : null;
    return found ? Number(found[1]) : null;
  }
}

function partsOf({ code, where, what, expected, got, fix }: BackproofError) {
  return { code, where, what, expected, got, fix };
}
