/** Lines of plain text: which are formulas. */

import { isPunctuation, trimmedEnd } from './ends.js';
import { isOrdinaryWord } from './plain-vocabulary.js';
import type { Span } from './position.js';

const LEAD = /^(?:[ \t\u00a0]*(?:[-*•·]|\(?\d{1,3}[.)]|=>|->|[→⇒∴>])(?=\s))*[ \t\u00a0]*/;
const LABEL = /^[A-Za-z][\w ,'()/-]{0,60}:\s+(?=.*=)/;
const REMARK = /\s(?:#|\/\/|<-|--|\([A-Za-z][a-z]+(?:[ ,'-]+[A-Za-z]+)*\)\s*$).*$/;
const EQUALS = /(?:^|[^<>!=~])(?:==?|:=|≡|≈|←)(?!=)/;

const LONGEST_WORD = 40;
const CODE = /^(?:if|elif|else|for|while|def|return|import|from|class|print|assert)\b/;

/** The formula in a line, bullets, labels and remarks left out; null if the line is no formula. */
export function plainLine(text: string, line: Span): Span | null {
  const raw = text.slice(line.start, line.end);
  const lead = LEAD.exec(raw)?.[0].length ?? 0;
  const label = LABEL.exec(raw.slice(lead))?.[0].length ?? 0;
  const body = raw.slice(lead + label).trimEnd();
  const formula = body.replace(REMARK, '');
  const content = formula.slice(0, trimmedEnd(formula, 0, isPunctuation));
  const start = line.start + lead + label;
  return EQUALS.test(content) && !CODE.test(content) && !isSentence(content)
    ? { start, end: start + content.length }
    : null;
}

const TAIL = /\s(?:for|if|where|when|with|and|or|so)\s.*$/;

/** Ordinary words side by side, or signs that no formula has. */
function isSentence(content: string): boolean {
  const equals = content.search(EQUALS);
  const body = content.slice(0, equals) + content.slice(equals).replace(TAIL, '');
  if (/["?!]|[^.\s]\.\s+[A-Z]/.test(body.replace('!=', ''))) return true;
  const words = body.split(/\s+/).filter(word => word !== '');
  return words.some((word, k) => k > 0 && touches(words[k - 1] ?? '', word));
}

/** Two pieces with a blank or comma between them: one an ordinary word, the other at least a letter at that end. */
function touches(before: string, behind: string): boolean {
  const last = /[A-Za-z][A-Za-z']*$/.exec(before.slice(-LONGEST_WORD).replace(/([a-z]{2}),$/, '$1'))?.[0];
  const first = /^[A-Za-z][A-Za-z']*/.exec(behind)?.[0];
  if (last === undefined || first === undefined) return false;
  return isOrdinaryWord(last) || isOrdinaryWord(first);
}

/** Lines of Markdown outside of dollars count only if a derivative leaves no doubt. */
export function plainDerivativeLine(text: string, line: Span): Span | null {
  const raw = text.slice(line.start, line.end);
  const derivative = /∂\s?\w+\s*\/\s*∂|\b([dD])[A-Za-z]\w*\s*\/\s*\1[A-Za-z]/.test(raw);
  return derivative && !/[$`|]|\\[([]/.test(raw) ? plainLine(text, line) : null;
}
