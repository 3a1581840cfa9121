/** YAML as values that know where they stand: no anchors, no tags, no key twice. */
import type { ParsedNode } from 'yaml';
import { BackproofError } from '../../error.js';

/** Where something stands; lines and columns from 1. */
export interface At {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Value = At &
  (
    | { readonly kind: 'scalar'; readonly value: unknown }
    | { readonly kind: 'list'; readonly items: readonly Value[] }
    | { readonly kind: 'map'; readonly entries: readonly Entry[] }
  );

export interface Entry extends At {
  readonly key: string;
  readonly value: Value;
}

/** Nobody writes deeper; endless nesting would be an endless recursion. */
const DEEPEST = 20;

/** @throws BackproofError `bad-config`, with line and column in its data. */
export async function readYaml(text: string, file: string): Promise<Value> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const placeOf = (offset: number): At => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const got = problem.message.split('\n')[0]!.slice(0, 200);
    throw refusal(placeOf(problem.pos[0]), 'it cannot be read without a doubt', 'plain YAML', got);
  }
  const read = (node: ParsedNode | null, depth: number): Value => {
    const at = placeOf(node?.range[0] ?? 0);
    if (depth > DEEPEST) throw refusal(at, 'it is nested too deep', `${DEEPEST} levels at most`, 'more');
    if (yaml.isAlias(node))
      throw refusal(at, 'aliases are not read', 'everything written out', `*${node.source}`);
    if (yaml.isMap<ParsedNode, ParsedNode | null>(node)) {
      const entries = node.items.map(({ key, value }): Entry => {
        const keyAt = placeOf(key.range[0]);
        if (!yaml.isScalar(key)) throw refusal(keyAt, 'a key is one word', 'a name', 'a list or a map');
        return {
          ...keyAt,
          key: String(key.value),
          value: value === null ? { ...keyAt, kind: 'scalar', value } : read(value, depth + 1),
        };
      });
      return { ...at, kind: 'map', entries };
    }
    if (yaml.isSeq<ParsedNode>(node))
      return { ...at, kind: 'list', items: node.items.map(item => read(item, depth + 1)) };
    return { ...at, kind: 'scalar', value: yaml.isScalar(node) ? node.value : null };
  };
  return read(document.contents, 0);
}

/** An error at a place of the file. */
export function refusal(at: At, what: string, expected: string, got: string, fix?: string): BackproofError {
  const { file, line, column } = at;
  return new BackproofError({
    code: 'bad-config',
    where: `${file}, line ${line}, column ${column}`,
    ...{ what, expected, got },
    fix: fix ?? 'Correct this line.',
    data: { file, line, column },
  });
}
