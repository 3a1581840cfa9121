/** An operator is its record, one line of the registry, one proof page, one file of vectors and one row of README. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Operator, operators } from '../../src/ops/index.js';
import { shippedPages } from '../proof/pages/shipped.js';

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

function isOperator(value: unknown): value is Operator {
  return typeof value === 'object' && value !== null && 'definition' in value && 'badCalls' in value;
}

test('every record of src/ops stands in the registry, and the registry has no other', async () => {
  const files = readdirSync(pathOf('src/ops')).filter(name => name.endsWith('.ts'));
  const modules = await Promise.all(
    files.map(name => import(`../../src/ops/${name}`) as Promise<Readonly<Record<string, unknown>>>),
  );
  const records = new Set(modules.flatMap(exports => Object.values(exports)).filter(isOperator));
  const names = (all: Iterable<Operator>) => [...all].map(({ name }) => name).sort();
  expect(names(records)).toEqual(names(operators));
  expect(records.size).toBeGreaterThan(50);
});

test.each(operators)(
  '$name has a proof page, vectors, a row in README, and says everything of itself',
  operator => {
    const { name, summary, examples, mistakes, badCalls } = operator;
    const pages = shippedPages.filter(({ text }) =>
      new RegExp(`^(claims of|hole) (.*, )?${name}\\b`, 'm').test(text),
    );
    expect(pages.map(page => page.name)).toHaveLength(1);
    expect(pages[0]!.text).toContain(`\`${name}\``);
    expect(existsSync(pathOf(`test/vectors/${name}.jsonl`))).toBe(true);
    expect(readFileSync(pathOf('README.md'), 'utf8')).toMatch(new RegExp(`^\\|[^|]*\`${name}\``, 'm'));
    expect(summary.length).toBeGreaterThan(10);
    for (const list of [examples, mistakes, badCalls]) expect(list.length).toBeGreaterThan(0);
  },
);
