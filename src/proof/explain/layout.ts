/** Blocks of text and formulas, laid out as plain text, Markdown or LaTeX. */

export type ExplanationFormat = 'plain' | 'markdown' | 'latex';

/** Texts hold formulas between `$` signs; the parts of a formula are what its lines break between. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'formula'; readonly lead: string; readonly parts: readonly string[] };

const WIDTH = 100;

export function layout(blocks: readonly Block[], format: ExplanationFormat): string {
  const show = { plain, markdown, latex }[format];
  return `${blocks.map(show).join('\n\n')}\n`;
}

function plain(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${withoutSigns(block.text)}\n${'-'.repeat(withoutSigns(block.text).length)}`;
    case 'text':
      return lines(wordsOf(block.text), WIDTH, '', '').join('\n');
    case 'list':
      return block.items.map(item => lines(wordsOf(item), WIDTH, '  - ', '    ').join('\n')).join('\n');
    case 'formula': {
      const first = `    ${block.lead === '' ? '' : `${block.lead} `}`;
      return lines(block.parts.flatMap(shortened), WIDTH, first, '        ').join('\n');
    }
  }
}

const withoutSigns = (text: string): string => text.replaceAll('$', '');

/** Words of a text: short formulas do not break, others outside parentheses and before signs only. */
const wordsOf = (text: string): string[] =>
  text
    .split('$')
    .flatMap((part, k) => (k % 2 === 0 ? part : unbroken(part)))
    .join('')
    .split(' ')
    .flatMap(shortened);

function unbroken(formula: string): string {
  if (formula.length < 40) return formula.replaceAll(' ', '\u00a0');
  let depth = 0;
  return [...formula]
    .map((sign, at) => {
      depth += '(['.includes(sign) ? 1 : ')]'.includes(sign) ? -1 : 0;
      if (sign !== ' ') return sign;
      return depth === 0 && /^[=<≤≥+-] /.test(formula.slice(at + 1)) ? ' ' : '\u00a0';
    })
    .join('');
}

/** A part that no line holds breaks between words. */
const shortened = (part: string): string[] => (part.length > WIDTH - 10 ? part.split(/[ \u00a0]/) : [part]);

/** Words in lines of a width, the first and the others behind their indents. */
function lines(words: readonly string[], width: number, first: string, rest: string): string[] {
  const all: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of words) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      all.push(line);
      [line, isEmpty] = [rest, true];
    }
    line += `${isEmpty ? '' : ' '}${word.replaceAll('\u00a0', ' ')}`;
    isEmpty = false;
  }
  return [...all, line];
}

function markdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${block.text}`;
    case 'text':
      return block.text;
    case 'list':
      return block.items.map(item => `- ${item}`).join('\n');
    case 'formula':
      return `$$\n\\begin{aligned}\n${rows(block.lead, block.parts)}\n\\end{aligned}\n$$`;
  }
}

function latex(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `\\subsection*{${escaped(block.text)}}`;
    case 'text':
      return escaped(block.text);
    case 'list':
      return `\\begin{itemize}\n${block.items.map(item => `\\item ${escaped(item)}`).join('\n')}\n\\end{itemize}`;
    case 'formula':
      return `\\begin{align*}\n${rows(block.lead, block.parts)}\n\\end{align*}`;
  }
}

/** Rows of a formula, broken where they would be longer than a page is wide. */
function rows(lead: string, parts: readonly string[]): string {
  const broken: string[][] = [[]];
  for (const part of parts) {
    const row = broken.at(-1)!;
    const length = [...row, part].map(visibleLength).reduce((a, b) => a + b + 1, 0);
    if (row.length > 0 && length > WIDTH) broken.push([part]);
    else row.push(part);
  }
  const [first, ...rest] = broken.map(row => row.join(' \\, '));
  return [`${lead === '' ? '' : `${lead}{}`}& ${first}`, ...rest.map(row => `& \\quad ${row}`)].join(
    ' \\\\\n',
  );
}

const visibleLength = (part: string): number => part.replaceAll(/\\[a-z]+|[{}\\]/g, '').length;

/** Signs that mean something to LaTeX, outside formulas. */
const escaped = (text: string): string =>
  text
    .split('$')
    .map((part, k) => (k % 2 === 1 ? `$${part}$` : part.replaceAll(/[_#%&{}]/g, '\\$&')))
    .join('');
