/** Searches that are asked again and again from growing offsets, without searching the same text twice. */

export type Finder = (from: number) => number;

/** Remembers the last answer: it holds for every offset between the question and the answer. */
function remembering(search: Finder): Finder {
  let asked = 0;
  let found = -1;
  return from => {
    if (found >= from && asked <= from) return found;
    asked = from;
    found = search(from);
    return found;
  };
}

/** The first place of `needle`, not escaped by a backslash, at or after an offset; the length of the text if none. */
export function finder(text: string, needle: string): Finder {
  return remembering(from => {
    let at = text.indexOf(needle, from);
    while (at >= 0 && isEscaped(text, at)) at = text.indexOf(needle, at + 1);
    return at < 0 ? text.length : at;
  });
}

/** The first character of a set, given as a global expression. */
export function characterFinder(text: string, global: RegExp): Finder {
  return remembering(from => {
    global.lastIndex = from;
    return global.exec(text)?.index ?? text.length;
  });
}

/** Behind an odd number of backslashes; a long row of them is no formula, so counting stops somewhere. */
function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\' && slashes < 16) slashes += 1;
  return slashes % 2 === 1;
}
