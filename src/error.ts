/**
 * The one error that backproof throws: what went wrong, where, what was expected, what was got, how to fix it.
 * `code` is stable (tests and callers rely on it); `data` holds the same facts as fields.
 */
export interface ErrorParts {
  readonly code: string;
  readonly where: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export class BackproofError extends Error implements ErrorParts {
  override readonly name = 'BackproofError';
  readonly code: string;
  readonly where: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(parts: ErrorParts) {
    const { code, where, what, expected, got, fix } = parts;
    super(`${where}: ${what}; expected ${expected}, got ${got}. ${fix} [${code}]`);
    this.code = code;
    this.where = where;
    this.what = what;
    this.expected = expected;
    this.got = got;
    this.fix = fix;
    this.data = parts.data ?? {};
  }
}

/** The text of whatever a caller passed: an error must not fail over the value that it is about. */
export function textOf(value: unknown, write: (value: unknown) => string | undefined = String): string {
  try {
    return write(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
