/** Markdown: mathematics between dollars, \[ \], \( \), in environments and math fences; code and comments are not. */

import { type CodeRuns, codeRuns } from './code-spans.js';
import { type DisplayEnd, displayEnd } from './display.js';
import type { Mark, NotesDocument, Region, RegionKind } from './document.js';
import { isInlineMath } from './dollars.js';
import { closingFences, closingLine, type Fence, fenceAt } from './fences.js';
import { characterFinder, type Finder, finder } from './finder.js';
import { isBlank, isHeading, type Lines, lineAt, linesOf, maskedText, spanOf } from './lines.js';
import { markIn } from './marks.js';
import { plainDerivativeLine } from './plain-line.js';
import type { Span } from './position.js';

interface Scan {
  readonly lines: Lines;
  readonly text: string;
  readonly regions: Region[];
  readonly marks: Mark[];
  /** Plain formula lines, and what may turn out to cover them. */
  readonly plain: Span[];
  readonly covered: Span[];
  readonly fences: readonly Fence[];
  readonly find: (needle: string) => Finder;
  readonly special: Finder;
  readonly tick: Finder;
  at: number;
  /** The paragraph around the place ends here. */
  blockEnd: number;
  code: CodeRuns;
}

export function readMarkdown(text: string): NotesDocument {
  const scan = newScan(text);
  while (scan.at < text.length) scanFromLine(scan);
  addPlainLines(scan);
  const regions = scan.regions.sort((a, b) => a.span.start - b.span.start);
  return { text, regions, marks: scan.marks };
}

function newScan(text: string): Scan {
  const lines = linesOf(text);
  const finders = new Map<string, Finder>();
  const find = (needle: string) => {
    const known = finders.get(needle) ?? finder(text, needle);
    finders.set(needle, known);
    return known;
  };
  const found = { regions: [], marks: [], plain: [], covered: [], fences: closingFences(lines) };
  const state = { at: lines.index.starts[0] ?? 0, blockEnd: 0, code: codeRuns(text, 0, 0, () => 0) };
  return {
    lines,
    text,
    ...found,
    find,
    special: characterFinder(text, /[`$\\<]/g),
    tick: characterFinder(text, /`/g),
    ...state,
  };
}

function scanFromLine(scan: Scan): void {
  const line = lineAt(scan.lines, scan.at);
  const { start, end } = spanOf(scan.lines, line);
  const atStart = scan.at <= start;
  const fence = atStart ? fenceAt(scan.lines, line) : null;
  if (fence !== null) scanFence(scan, fence);
  else if (atStart && isBlank(scan.lines, line)) scan.at = nextLine(scan, line);
  else if (scan.at >= end) scan.at = nextLine(scan, line);
  else scanBlock(scan, line);
}

function nextLine(scan: Scan, line: number): number {
  return scan.lines.index.starts[line + 1] ?? scan.text.length;
}

/** A math fence is a region, any other is code; one that never closes is neither, though its lines may be. */
function scanFence(scan: Scan, fence: Fence): void {
  const close = closingLine(scan.fences, fence);
  const start = nextLine(scan, fence.line);
  const math = /^math\b/.test(fence.info);
  scan.at = close === null ? start : nextLine(scan, close);
  if (close !== null) scan.covered.push({ start, end: scan.at });
  if (!math) return;
  const next = lineAt(scan.lines, start);
  const end = close === null ? blockEndFrom(scan, next) : (scan.lines.index.starts[close] ?? start);
  addRegion(
    scan,
    'code-math',
    { start, end: Math.max(start, end) },
    close === null ? fence.mark.repeat(3) : null,
  );
  if (close === null) scan.at = Math.max(start, end);
}

function blockEndFrom(scan: Scan, first: number): number {
  let line = first;
  const ends = (k: number) =>
    isBlank(scan.lines, k) || isHeading(scan.lines, k) || fenceAt(scan.lines, k) !== null;
  if (!isHeading(scan.lines, first)) while (line + 1 < scan.lines.count && !ends(line + 1)) line += 1;
  return spanOf(scan.lines, line).end;
}

function scanBlock(scan: Scan, line: number): void {
  scan.blockEnd = blockEndFrom(scan, line);
  scan.code = codeRuns(scan.text, scan.at, scan.blockEnd, scan.tick);
  const last = lineAt(scan.lines, scan.blockEnd);
  for (let k = line; k <= last; k += 1) {
    const plain = plainDerivativeLine(scan.text, spanOf(scan.lines, k));
    if (plain !== null) scan.plain.push(plain);
  }
  while (scan.at < scan.blockEnd) {
    scan.at = scan.special(scan.at);
    if (scan.at >= scan.blockEnd) scan.at = scan.blockEnd;
    else scanSpecial(scan);
  }
}

function scanSpecial(scan: Scan): void {
  const character = scan.text[scan.at];
  if (character === '`') scan.at = scan.code.skip(scan.at);
  else if (character === '$') scanDollar(scan);
  else if (character === '\\') scanBackslash(scan);
  else scanAngle(scan);
}

function scanDollar(scan: Scan): void {
  const { text, at } = scan;
  if (text[at + 1] === '$') {
    addDisplay(
      scan,
      'display',
      at + 2,
      '$$',
      displayEnd(scan.lines, at + 2, signs(scan, '$$'), scan.blockEnd),
    );
  } else if (text[at + 1] === '`' && scan.find('`$')(at + 2) < scan.blockEnd) {
    const end = scan.find('`$')(at + 2);
    addRegion(scan, 'inline', { start: at + 2, end }, null);
    scan.at = end + 2;
  } else {
    const close = scan.find('$')(at + 1);
    const single = close < scan.blockEnd && text[close + 1] !== '$';
    if (single && isInlineMath(text, at, close)) {
      addRegion(scan, 'inline', { start: at + 1, end: close }, null);
      scan.at = close + 1;
    } else scan.at = at + 1;
  }
}

function signs(scan: Scan, close: string, open?: string): { close: Finder; open: Finder | null } {
  return { close: scan.find(close), open: open === undefined ? null : scan.find(open) };
}

/** Adds the region and goes on behind its closing sign, or where the open one was given up. */
function addDisplay(
  scan: Scan,
  kind: RegionKind,
  start: number,
  sign: string,
  { end, closed }: DisplayEnd,
): void {
  addRegion(scan, kind, { start, end }, closed ? null : scan.text.slice(start - sign.length, start));
  scan.at = closed ? end + sign.length : Math.max(end, start);
}

const ENVIRONMENT =
  /\\begin\{((?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math|aligned|gathered|split|dmath)\*?)\}/y;

function scanBackslash(scan: Scan): void {
  const { text, at } = scan;
  const doubled = text[at + 1] === '\\';
  const bracket = text[at + (doubled ? 2 : 1)];
  ENVIRONMENT.lastIndex = at;
  const environment = ENVIRONMENT.exec(text)?.[1];
  if (environment !== undefined) scanEnvironment(scan, environment);
  else if (bracket === '[') scanBracket(scan, doubled ? '\\\\' : '\\', 'display');
  else if (bracket === '(') scanBracket(scan, doubled ? '\\\\' : '\\', 'inline');
  else scan.at = at + 2;
}

/** \[ \], \( \), and the same with two backslashes, which Markdown makes one of. */
function scanBracket(scan: Scan, slashes: string, kind: 'display' | 'inline'): void {
  const [open, close] = kind === 'display' ? ['[', ']'] : ['(', ')'];
  const start = scan.at + slashes.length + 1;
  const sign = slashes + close;
  const found = displayEnd(scan.lines, start, signs(scan, sign, slashes + open), scan.blockEnd);
  const lineEnd = spanOf(scan.lines, lineAt(scan.lines, start)).end;
  if (kind === 'display') addDisplay(scan, kind, start, sign, found);
  else if (found.closed && found.end < scan.blockEnd) addDisplay(scan, kind, start, sign, found);
  else addDisplay(scan, kind, start, sign, { end: Math.min(found.end, lineEnd), closed: false });
}

/** The region of a bare environment includes its \begin and \end, which say how to split it. */
function scanEnvironment(scan: Scan, name: string): void {
  const { at } = scan;
  const sign = `\\end{${name}}`;
  const inner = at + `\\begin{${name}}`.length;
  const { end, closed } = displayEnd(scan.lines, inner, signs(scan, sign, `\\begin{${name}}`), scan.blockEnd);
  scan.at = Math.max(inner, closed ? end + sign.length : end);
  addRegion(scan, 'environment', { start: at, end: scan.at }, closed ? null : `\\begin{${name}}`);
}

function scanAngle(scan: Scan): void {
  const { text, at } = scan;
  if (!text.startsWith('<!--', at)) {
    scan.at = at + 1;
    return;
  }
  const close = scan.find('-->')(at + 4);
  const closed = close < text.length;
  const lineEnd = spanOf(scan.lines, lineAt(scan.lines, at)).end;
  const span = { start: at, end: closed ? close + 3 : lineEnd };
  const mark = markIn(text, span, { start: at + 4, end: closed ? close : lineEnd }, closed);
  if (mark !== null) scan.marks.push(mark);
  if (closed) scan.covered.push(span);
  scan.at = closed || mark !== null ? span.end : at + 4;
}

function addRegion(scan: Scan, kind: RegionKind, span: Span, unclosed: string | null): void {
  scan.covered.push(span);
  const text = maskedText(scan.lines, span);
  if (text.trim() !== '') scan.regions.push({ kind, syntax: 'latex', span, text, unclosed });
}

/** Plain lines that no region, code or comment covers. */
function addPlainLines(scan: Scan): void {
  const covered = [...scan.covered].sort((a, b) => a.start - b.start);
  let k = 0;
  for (const span of scan.plain) {
    while (k < covered.length && (covered[k]?.end ?? 0) <= span.start) k += 1;
    if ((covered[k]?.start ?? scan.text.length) < span.end) continue;
    const text = scan.text.slice(span.start, span.end);
    scan.regions.push({ kind: 'plain', syntax: 'plain', span, text, unclosed: null });
  }
}
