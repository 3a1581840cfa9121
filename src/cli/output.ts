/** Where results and progress go: results to stdout or a file, everything else to stderr. */
import { writeFileSync } from 'node:fs';
import { BackproofError } from '../error.js';

export interface OutputOptions {
  readonly output?: string;
}

/**
 * Writes the result, ending with one newline.
 * @throws BackproofError `unwritable-output`.
 */
export function writeResult(text: string, { output }: OutputOptions): void {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (output === undefined) {
    process.stdout.write(whole);
    return;
  }
  try {
    writeFileSync(output, whole);
  } catch (error) {
    throw new BackproofError({
      code: 'unwritable-output',
      where: output,
      what: 'the result could not be written',
      expected: 'a file in an existing folder that may be written',
      got: error instanceof Error ? error.message : String(error),
      fix: 'Choose another path for --output.',
    });
  }
}

/** Colour on a terminal only, and never under NO_COLOR or into a file. */
export function wantsColour({ output }: OutputOptions): boolean {
  return output === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/** One rewritten line on a terminal, a line every few seconds elsewhere; nothing in the first second. */
export class Progress {
  readonly #started = performance.now();
  #last = this.#started;
  #shown = false;

  show(text: () => string): void {
    const now = performance.now();
    if (now - this.#last < (process.stderr.isTTY ? 200 : 5000) || now - this.#started < 1000) return;
    this.#last = now;
    this.#shown = true;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${text()}` : `${text()}\n`);
  }

  done(): void {
    if (this.#shown && process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  }
}
