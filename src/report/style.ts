/** Colour where the reader wants it; the text is the same without. */
import picocolors from 'picocolors';

export type Style = ReturnType<typeof picocolors.createColors>;

export const styled = (colour: boolean): Style => picocolors.createColors(colour);

/** Breaks text into lines of at most `width` at blanks; every line but the first is indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line === '' || line === indent ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
