/** Reads the import lines of a TypeScript source: a tokenizer and the few statements that name another file. */
export interface ImportLine {
  /** What is imported, or null when the name is computed at run time. */
  readonly specifier: string | null;
  readonly kind: 'value' | 'type' | 'dynamic';
  readonly reexport: boolean;
  readonly names: readonly string[];
  readonly line: number;
}

export interface ModuleOutline {
  readonly imports: readonly ImportLine[];
  /** First line that does something other than `export ... from`, or null. */
  readonly otherLine: number | null;
}

interface Token {
  readonly text: string;
  readonly line: number;
}

interface Found {
  readonly end: number;
  readonly line?: ImportLine;
}

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\w.]*|[\s\S]/uy;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/uy;
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/uy;
const BEFORE_REGEX = /^(?:[(,=:[!&|?{};+\-*%~^<>]|return|typeof|case|in|of|do|else|await|yield|void|throw)$/u;

function matchAt(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}

/** Code tokens with their lines: no blanks, no comments; regular expressions and templates are one `` ` `` each. */
function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const braces: number[] = []; // open braces inside each `${` we are in
  let line = 1;
  let at = 0;
  while (at < source.length) {
    let text = matchAt(TOKEN, source, at) ?? source.charAt(at);
    const closesHole = text === '}' && braces.at(-1) === 0;
    if (text === '`' || closesHole) {
      if (closesHole) braces.pop();
      text += matchAt(TEMPLATE, source, at + 1) ?? '';
      if (text.endsWith('${')) braces.push(0);
      tokens.push({ text: '`', line });
    } else if (text === '/' && BEFORE_REGEX.test(tokens.at(-1)?.text ?? ';')) {
      text = matchAt(REGEX, source, at) ?? text;
      tokens.push({ text: '`', line });
    } else if (!/^(?:\s|\/\/|\/\*)/u.test(text)) {
      tokens.push({ text, line });
      const depth = braces.length - 1;
      if (depth >= 0 && text === '{') braces[depth]! += 1;
      if (depth >= 0 && text === '}') braces[depth]! -= 1;
    }
    line += text.split('\n').length - 1;
    at += text.length;
  }
  return tokens;
}

const stringValue = (text: string | undefined): string | null =>
  text !== undefined && /^['"]/u.test(text) ? text.slice(1, -1) : null;
const isWord = (text: string): boolean => /^[\p{L}_$]/u.test(text);

/** `import('x')`, `require('x')` and `typeof import('x')`; the opening parenthesis stands at `start + 1`. */
function readCall(tokens: readonly Token[], start: number): Found {
  const literal = stringValue(tokens[start + 2]?.text);
  const specifier = /^[,)]$/u.test(tokens[start + 3]?.text ?? '') ? literal : null;
  const asked = tokens[start - 1]?.text === 'typeof' ? 'type' : 'dynamic';
  const kind = tokens[start]!.text === 'import' ? asked : 'value';
  return { end: start + 1, line: { specifier, kind, reexport: false, names: [], line: tokens[start]!.line } };
}

/** `import ... from 'x'`, `import 'x'`, `export ... from 'x'`: from the keyword to the string. */
function readFrom(tokens: readonly Token[], start: number): Found | null {
  const text = (offset: number) => tokens[start + offset]?.text ?? '';
  const reexport = text(0) === 'export';
  const typed = text(1) === 'type' && !/^[,=]$/u.test(text(2)) && (text(2) !== 'from' || text(3) === 'from');
  if (reexport && !/^[*{]$/u.test(text(typed ? 2 : 1))) return null;
  const names: string[] = [];
  let end = start + (typed ? 2 : 1);
  for (; end < tokens.length && stringValue(tokens[end]!.text) === null; end += 1) {
    const token = tokens[end]!.text;
    if (!isWord(token) && !/^[*{},]$/u.test(token)) return null;
    if (token === '}' && reexport && tokens[end + 1]?.text !== 'from') return null;
    if (isWord(token) && !/^(?:as|from|type)$/u.test(token)) names.push(token);
  }
  const specifier = stringValue(tokens[end]?.text);
  if (specifier === null) return null;
  const kind = typed ? 'type' : 'value';
  return { end: end + 1, line: { specifier, kind, reexport, names, line: tokens[start]!.line } };
}

function readAt(tokens: readonly Token[], start: number): Found | null {
  const word = tokens[start]!.text;
  if (tokens[start - 1]?.text === '.') return null;
  const called = tokens[start + 1]?.text === '(';
  if ((word === 'import' || word === 'require') && called) return readCall(tokens, start);
  return word === 'import' || word === 'export' ? readFrom(tokens, start) : null;
}

/** Names listed in a local `export { a, b as c }`. */
function readExportList(tokens: readonly Token[], start: number): string[] {
  const open = start + (tokens[start + 1]?.text === 'type' ? 2 : 1);
  if (tokens[start]!.text !== 'export' || tokens[open]?.text !== '{') return [];
  const names: string[] = [];
  for (let i = open + 1; i < tokens.length && tokens[i]!.text !== '}'; i += 1) names.push(tokens[i]!.text);
  return names.filter(isWord);
}

/** The imports of a source, and whether it does anything but pass names on. */
export function readModule(source: string): ModuleOutline {
  const tokens = tokenize(source);
  const imports: ImportLine[] = [];
  const exported = new Set<string>();
  let otherLine: number | null = null;
  for (let i = 0; i < tokens.length; ) {
    const found = readAt(tokens, i);
    if (found?.line) imports.push(found.line);
    if (!found) for (const name of readExportList(tokens, i)) exported.add(name);
    if (!found?.line?.reexport && tokens[i]!.text !== ';') otherLine ??= tokens[i]!.line;
    i = found?.end ?? i + 1;
  }
  // `import { a } ...; export { a }` passes a on as surely as `export { a } from` does
  const passedOn = (line: ImportLine) => line.reexport || line.names.some(name => exported.has(name));
  return { imports: imports.map(line => ({ ...line, reexport: passedOn(line) })), otherLine };
}
