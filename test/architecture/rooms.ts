/** The rooms of src/ and which way their doors open: the only place where a direction is written down. */
export interface Room {
  /** A folder or one file, under src/. The longest path that matches a file is its room. */
  readonly path: string;
  /** Paths under src/ it may import; its own path goes without saying. */
  readonly may: readonly string[];
  /** Paths under src/ of which it may import types, and nothing but types. */
  readonly mayType?: readonly string[];
  /** Packages it may import, when that is limited. */
  readonly packages?: readonly string[];
}

const foundation = ['exact', 'tensor', 'expr', 'autodiff', 'index-sum', 'kernels', 'ops'];
const beforeReports = [...foundation, 'proof', 'gate', 'notes', 'teach'];

export const rooms: readonly Room[] = [
  { path: 'error.ts', may: [], packages: [] },
  { path: 'exact', may: [], packages: [] },
  { path: 'tensor', may: [], packages: [] },
  { path: 'expr', may: ['exact'], packages: ['mathjs'] },
  { path: 'autodiff', may: ['expr', 'exact'], packages: [] },
  { path: 'index-sum', may: ['exact', 'expr', 'tensor'], packages: [] },
  { path: 'index-sum/term.ts', may: ['exact'], packages: [] },
  { path: 'kernels', may: ['tensor'] },
  { path: 'ops', may: ['index-sum', 'kernels', 'tensor', 'exact', 'expr'] },
  { path: 'proof', may: ['exact', 'tensor', 'expr', 'autodiff', 'index-sum', 'ops'] },
  { path: 'proof/trusted', may: ['exact', 'index-sum/term.ts'], packages: [] },
  { path: 'gate', may: [...foundation, 'proof/index.ts'] },
  { path: 'notes', may: [...foundation, 'proof/index.ts'] },
  { path: 'teach', may: [...foundation, 'proof/index.ts'] },
  { path: 'report', may: ['gate/diagnosis/text.ts'], mayType: beforeReports },
  { path: 'cli', may: [...beforeReports, 'report', 'explorer', 'index.ts'] },
  { path: 'explorer', may: [...beforeReports, 'report', 'index.ts'] },
  { path: 'later.ts', may: beforeReports },
  { path: 'on-demand.ts', may: ['later.ts'], mayType: beforeReports },
  { path: 'vitest.ts', may: ['later.ts'], mayType: beforeReports, packages: ['vitest'] },
  { path: 'index.ts', may: [...beforeReports, 'report', 'on-demand.ts'] },
];

/** May be imported by every room. */
export const forEveryone = 'error.ts';

/** Names what other rooms offer. */
export const libraryFace = 'index.ts';

/** The files that pass on what other rooms make; every other file exports only what its own room makes. */
export const faces: readonly string[] = [libraryFace, 'later.ts'];

/** The name under which this package could import itself. */
export const ownName = 'backproof';

/** Packages that cost too much to load for a static import: one room, and only when asked for. */
export const lazyPackages: readonly { readonly name: string; readonly room: string }[] = [
  { name: 'mathjs', room: 'expr' },
];

/** Rooms that load code named at run time: kernels under test, the commands' own modules. */
export const computedImports: readonly string[] = ['gate', 'cli', 'explorer'];

export const longestFile = 300;
