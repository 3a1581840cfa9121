/** Holds the table of rooms.ts against sources: {path: text} in, everything that breaks a rule out. */
import { posix } from 'node:path';
import { type ImportLine, type ModuleOutline, readModule } from './read-imports.js';
import {
  computedImports,
  faces,
  forEveryone,
  lazyPackages,
  libraryFace,
  longestFile,
  ownName,
  type Room,
  rooms,
} from './rooms.js';

export type Sources = Readonly<Record<string, string>>;

export interface Violation {
  readonly rule:
    | 'direction'
    | 'types-only'
    | 'package'
    | 'lazy-package'
    | 'computed'
    | 'passed-on'
    | 'index-does-more'
    | 'cycle'
    | 'too-long'
    | 'no-room';
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface Context {
  readonly file: string;
  readonly room: Room;
  readonly target: string;
  readonly imported: ImportLine;
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const underSrc = (paths: readonly string[], target: string): boolean =>
  paths.some(path => within(target, `src/${path}`));

function roomOf(file: string): Room | undefined {
  const homes = rooms.filter(room => within(file, `src/${room.path}`));
  return homes.sort((a, b) => b.path.length - a.path.length)[0];
}

/** The file an import names, as a path like 'src/exact/index.ts'; null for a package. */
function resolve(file: string, specifier: string, sources: Sources): string | null {
  if (specifier === ownName) return `src/${libraryFace}`;
  if (!specifier.startsWith('.')) return null;
  const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/u, '.ts');
  return [path, `${path}.ts`, `${path}/index.ts`].find(name => name in sources) ?? path;
}

function judgeFile({ file, room, target, imported }: Context): Violation[] {
  const at = { file, line: imported.line };
  const out: Violation[] = [];
  const own = underSrc([room.path], target);
  if (!own && !underSrc([...room.may, forEveryone], target)) {
    if (!underSrc(room.mayType ?? [], target)) {
      out.push({ ...at, rule: 'direction', message: `${room.path} may not import ${target}` });
    } else if (imported.kind !== 'type') {
      out.push({ ...at, rule: 'types-only', message: `${room.path} may only 'import type' from ${target}` });
    }
  }
  if (imported.reexport && !own && !faces.includes(room.path)) {
    out.push({
      ...at,
      rule: 'passed-on',
      message: `${file} passes on ${target}; import it from where it lives`,
    });
  }
  return out;
}

function judgePackage({ file, room, target, imported }: Context): Violation[] {
  const at = { file, line: imported.line };
  const isNamed = (name: string) => within(target, name);
  const lazy = lazyPackages.find(({ name }) => isNamed(name));
  if (lazy && (lazy.room !== room.path || imported.kind === 'value' || imported.reexport)) {
    const how = `only in src/${lazy.room}, as 'await import(...)' or 'import type'`;
    return [{ ...at, rule: 'lazy-package', message: `${target} may be imported ${how}` }];
  }
  if (!room.packages || room.packages.some(isNamed)) return [];
  return [{ ...at, rule: 'package', message: `${room.path} may not import the package ${target}` }];
}

function judgeImport(file: string, room: Room, imported: ImportLine, sources: Sources): Violation[] {
  if (imported.specifier === null) {
    if (computedImports.includes(room.path)) return [];
    const message = `${room.path} may not import a name computed at run time`;
    return [{ rule: 'computed', file, line: imported.line, message }];
  }
  const target = resolve(file, imported.specifier, sources);
  if (target === null) return judgePackage({ file, room, target: imported.specifier, imported });
  return judgeFile({ file, room, target, imported });
}

function judgeShape(file: string, source: string, outline: ModuleOutline): Violation[] {
  const out: Violation[] = [];
  const lines = source.trimEnd().split('\n').length;
  if (lines > longestFile) {
    const message = `${lines} lines; ${longestFile} is the end: is there a room hiding inside?`;
    out.push({ rule: 'too-long', file, line: longestFile + 1, message });
  }
  if (posix.basename(file) === 'index.ts' && outline.otherLine !== null) {
    const message = "an index.ts says 'export ... from' and nothing else";
    out.push({ rule: 'index-does-more', file, line: outline.otherLine, message });
  }
  return out;
}

/** One violation per way back into a file that is still being visited, each with the whole round. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): Violation[] {
  const out: Violation[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const seen = trail.indexOf(file);
    if (seen >= 0) {
      const round = [...trail.slice(seen), file].join(' -> ');
      out.push({ rule: 'cycle', file, line: 1, message: `imports go round: ${round}` });
    }
    if (seen >= 0 || done.has(file)) return;
    trail.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return out;
}

/** Everything in these sources that breaks a rule of the house; paths are relative and start with 'src/'. */
export function findViolations(sources: Sources): Violation[] {
  const out: Violation[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, source] of Object.entries(sources)) {
    const outline = readModule(source);
    out.push(...judgeShape(file, source, outline));
    const room = roomOf(file);
    if (!room) {
      out.push({ rule: 'no-room', file, line: 1, message: `${file} belongs to no room; add it to rooms.ts` });
      continue;
    }
    for (const imported of outline.imports) out.push(...judgeImport(file, room, imported, sources));
    const targets = outline.imports.flatMap(({ specifier }) =>
      specifier === null ? [] : (resolve(file, specifier, sources) ?? []),
    );
    graph.set(
      file,
      targets.filter(target => target in sources),
    );
  }
  return [...out, ...findCycles(graph)];
}
