/** Where a directive stands, and the errors that point there. */
import { BackproofError } from '../../error.js';
import { type LineIndex, positionAt } from '../document/position.js';

/** A document as error messages name it. */
export interface Source {
  readonly path: string;
  readonly lines: LineIndex;
}

export interface Refusal {
  readonly code: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An error at an offset of the document: "notes.md line 3, directive". */
export function directiveError(source: Source, offset: number, refusal: Refusal): BackproofError {
  const { line, column } = positionAt(source.lines, offset);
  const where = `${source.path} line ${line}, directive`;
  return new BackproofError({ ...refusal, where, data: { ...refusal.data, line, column } });
}

/** Runs a reader of another room; what it refuses becomes a refusal of the directive with the given code. */
export function atDirective<T>(source: Source, offset: number, code: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { what, expected, got, fix, data } = error;
    throw directiveError(source, offset, {
      code,
      what,
      expected,
      got,
      fix,
      data: { ...data, cause: error.code },
    });
  }
}

/** "Did you mean conv2d?", or what to do when nothing is near. */
export const didYouMean = (near: string | null, otherwise: string): string =>
  near === null ? otherwise : `Did you mean ${near}?`;
