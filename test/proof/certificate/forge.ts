/** Certificates made to be refused: whatever the statement says, the hash is that of what is written. */
import { createHash } from 'node:crypto';

export interface Forged {
  readonly format?: unknown;
  readonly statement?: object;
  readonly steps?: unknown;
  readonly witness?: unknown;
  readonly more?: object;
}

const STATEMENT = {
  theorem: 'trivial',
  parameters: ['N>=0'],
  assume: [],
  tensors: { x: '1' },
  definitions: [],
  free: 'n<N',
  left: 'x[n]',
  right: 'x[n]',
};

/** A certificate of x[n] = x[n], with parts replaced. */
export function forge(
  { format, statement, steps, witness, more }: Forged = {},
  base: object = STATEMENT,
): string {
  const said = { ...base, ...statement };
  return JSON.stringify({
    format: format ?? 'backproof-certificate/1',
    statement: said,
    statementSha256: createHash('sha256').update(JSON.stringify(said)).digest('hex'),
    steps: steps ?? { left: [[]], right: [[]] },
    witness: witness ?? { N: '2' },
    producer: 'hand',
    ...more,
  });
}

/** The first parameters, each 2. */
const twos = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, '2']));

const times = (count: number, make: (k: number) => string, between = '') =>
  Array.from({ length: count }, (_, k) => make(k)).join(between);

const list = (count: number, make: (k: number) => string) => Array.from({ length: count }, (_, k) => make(k));

/** Certificates that would take long, each in its own way. */
export const slow: Readonly<Record<string, string>> = {
  'definitions that read one another twice': forge({
    statement: {
      definitions: list(60, k => `y${k}[p<N]=${k ? `y${k - 1}[p]*y${k - 1}[p+1]` : 'x[p]'}`),
      left: 'y59[n]',
    },
  }),
  'definitions with two terms each': forge({
    statement: {
      definitions: list(60, k => `y${k}[p<N]=${k ? `y${k - 1}[p]+y${k - 1}[p+1]` : 'x[p]'}`),
      left: 'y59[n]',
    },
  }),
  'a chain of definitions that square their index': forge({
    statement: {
      definitions: list(60, k => `y${k}[p<N]=${k ? `y${k - 1}[p*p+p+N+1]` : 'x[p]'}`),
      left: 'y59[n]',
    },
  }),
  'a chain of definitions that each sum over k': forge({
    statement: {
      definitions: list(200, k => `y${k}[p<N]=${k ? `sum(k<N)y${k - 1}[p+k]` : 'x[p]'}`),
      left: 'y199[n]',
    },
  }),
  'powers of a long index in many guards': forge({
    statement: {
      parameters: ['N>=0', 'A,B,C,D,E,F'],
      definitions: [`y[p<N]=${times(100, k => `[0<=p*p*p+${k}*p*p<N]`)}x[p]`],
      left: 'y[n+A+B+C+D+E+F]',
    },
  }),
  'a guard of ten thousand monomials': forge({
    statement: {
      left: `[0<=${times(1500, k => `A${k}`, '+')}<N]x[n]`,
      parameters: [times(1500, k => `A${k}`, ',')],
    },
  }),
  'a thousand guards and a thousand steps': forge({
    statement: { left: `${times(800, () => '[0<=n<N]')}x[n]` },
    steps: { left: [list(900, () => 'drop 0: (n);(N-n-1)')], right: [[]] },
  }),
  'eliminations that double a polynomial': forge({
    statement: {
      left: `sum(${times(20, k => `v${k}<N`, ',')})${times(20, k => `[v${k}=v${k + 1}*v${k + 1}+v${k + 1}+N]`).replace('v20*v20+v20', 'n')}x[v0]`,
    },
    steps: { left: [list(20, k => `eliminate v${19 - k}`)], right: [[]] },
  }),
  'eliminations of a long sum from many cubes': forge({
    statement: {
      parameters: ['N>=0', 'A,B,C,D,E,F'],
      left: `sum(${times(20, k => `v${k}<N`, ',')})${times(20, k => `[v${k}=A+B+C+D+E+F+n]`)}${times(20, k => `[0<=${times(20, j => `${j + 1}*v${j}*v${k}*v${j}`, '+')}<N]`)}x[n]`,
    },
    steps: { left: [list(20, k => `eliminate v${k}`)], right: [[]] },
    witness: twos([...'NABCDEF']),
  }),
  'evidence of long products': forge({
    statement: { parameters: ['N>=0', 'A,B,C,D,E,F'], assume: ['A+B+C+D+E+F>=0'], left: '[0<=n<N]x[n]' },
    steps: {
      left: [
        list(
          20,
          () => `add [0<=n<N]: ${times(140, () => new Array(4).fill('(A+B+C+D+E+F)').join('*'), '+')};0`,
        ),
      ],
      right: [[]],
    },
    witness: twos([...'NABCDEF']),
  }),
  'evidence that is added up again and again': forge({
    statement: {
      parameters: ['N>=0', ...list(150, k => `A${k}>=0`)],
      left: '[0<=n<N]x[n]',
    },
    witness: twos(['N', ...list(150, k => `A${k}`)]),
    steps: {
      left: [
        list(
          200,
          () =>
            `add [0<=${times(60, k => `A${k}`, '+')}<N+${times(60, k => `A${k}`, '+')}-n]: ${times(60, k => `(A${k})`, '+')};(N-1-n)`,
        ),
      ],
      right: [[]],
    },
  }),
};
