/** A strict reader of the XML that has elements, attributes and text, to see that what is written is well formed. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TOKEN = /<(\/?)([a-z]+)((?: [a-z]+="[^"<&]*(?:&[#\w]+;[^"<&]*)*")*)(\/?)>|([^<&>]+)|&([#\w]+);/gy;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** @throws Error for anything that is not well formed. */
export function readXml(text: string): Element {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(head)) throw new Error('no declaration');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/u.test(text))
    throw new Error('no XML character');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let end = head.length;
  for (const match of text.slice(head.length).matchAll(TOKEN)) {
    const [whole, closes, name, attributes, isEmpty, letters, entity] = match;
    end += whole.length;
    const inner = open.at(-1)!;
    if (letters !== undefined || entity !== undefined) inner.text += letters ?? decoded(`&${entity};`);
    else if (closes) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const element = { name: name!, attributes: attributesOf(attributes!), children: [], text: '' };
      inner.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  if (end !== text.length) throw new Error(`not well formed at ${JSON.stringify(text.slice(end, end + 40))}`);
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one closed element');
  return root.children[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(
    ([, name, value]) => [name!, decoded(value!)] as const,
  );
  return Object.fromEntries(pairs);
}

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name?: string) => {
    const letter = code === undefined ? NAMED[name!] : String.fromCodePoint(Number(code));
    if (letter === undefined) throw new Error(`an unknown entity ${whole}`);
    return letter;
  });
