import { describe, expect, test } from 'vitest';
import { readSources } from './files.js';
import { findViolations, type Sources, type Violation } from './imports.js';
import { readModule } from './read-imports.js';
import { longestFile } from './rooms.js';

const src = readSources('src', /\.ts$/u);

describe('the sources keep the directions of the rooms', () => {
  test('every file of src', () => {
    expect(Object.keys(src).length).toBeGreaterThan(0);
    expect(findViolations(src)).toEqual([]);
  });
});

test('the trusted checker, with the terms it reads, stays under 400 lines', () => {
  const trusted = Object.entries(src).filter(
    ([path]) => path.startsWith('src/proof/trusted/') || path === 'src/index-sum/term.ts',
  );
  expect(trusted.length).toBeGreaterThan(2);
  const lines = trusted.reduce((sum, [, text]) => sum + text.trimEnd().split('\n').length, 0);
  expect(lines).toBeLessThan(400);
});

/** Wrong on purpose: each must be named with its rule, its file and its line, and nothing else may be. */
const planted: readonly [what: string, sources: Sources, rule: Violation['rule'], at: string][] = [
  [
    'a static import of a later room',
    { 'src/expr/node.ts': "import { a } from '../autodiff/reverse.js';" },
    'direction',
    'src/expr/node.ts:1',
  ],
  [
    'a type import of a later room',
    { 'src/tensor/size.ts': "\nimport type { Expr } from '../expr/node.js';" },
    'direction',
    'src/tensor/size.ts:2',
  ],
  [
    'a dynamic import of a later room',
    { 'src/ops/conv.ts': "export const f = async () => {\n  await import('../gate/run.js');\n};" },
    'direction',
    'src/ops/conv.ts:2',
  ],
  [
    'a dynamic import inside a template',
    { 'src/ops/conv.ts': `export const f = async () => \`\${(await import('../gate/run.js')).name}\`;` },
    'direction',
    'src/ops/conv.ts:1',
  ],
  [
    'a side effect import of a later room',
    { 'src/kernels/loop.ts': "import '../ops/registry.js';" },
    'direction',
    'src/kernels/loop.ts:1',
  ],
  [
    'a folder import that means its index',
    { 'src/exact/integer.ts': "import { operators } from '../ops';", 'src/ops/index.ts': '' },
    'direction',
    'src/exact/integer.ts:1',
  ],
  [
    'a require',
    { 'src/exact/integer.ts': "const ops = require('../ops/index.js');" },
    'direction',
    'src/exact/integer.ts:1',
  ],
  [
    'the term file, importing its own room',
    { 'src/index-sum/term.ts': "import { cell } from './program.js';" },
    'direction',
    'src/index-sum/term.ts:1',
  ],
  [
    'the trusted checker, importing the room of terms instead of the term file',
    { 'src/proof/trusted/check.ts': "import { term } from '../../index-sum/index.js';" },
    'direction',
    'src/proof/trusted/check.ts:1',
  ],
  [
    'the trusted checker, importing the prover',
    { 'src/proof/trusted/check.ts': "import type { Step } from '../prover.js';" },
    'direction',
    'src/proof/trusted/check.ts:1',
  ],
  [
    'a proof that looks at kernels',
    { 'src/proof/prover.ts': "import { loop } from '../kernels/loop.js';" },
    'direction',
    'src/proof/prover.ts:1',
  ],
  [
    'the gate, importing proof past its index',
    { 'src/gate/run.ts': "import { prove } from '../proof/prover.js';" },
    'direction',
    'src/gate/run.ts:1',
  ],
  [
    'notes importing teach',
    { 'src/notes/read.ts': "import { table } from '../teach/index.js';" },
    'direction',
    'src/notes/read.ts:1',
  ],
  [
    'a room importing the library face by the name of the package',
    { 'src/teach/table.ts': "import { symbolic } from 'backproof';" },
    'direction',
    'src/teach/table.ts:1',
  ],
  [
    'the library face importing the command line',
    { 'src/index.ts': "export { main } from './cli/main.js';" },
    'direction',
    'src/index.ts:1',
  ],
  [
    'an import that leaves src',
    { 'src/cli/version.ts': "import pkg from '../../package.json' with { type: 'json' };" },
    'direction',
    'src/cli/version.ts:1',
  ],
  [
    'a report that runs what it should only describe',
    { 'src/report/json.ts': "import { judge } from '../notes/index.js';" },
    'types-only',
    'src/report/json.ts:1',
  ],
  [
    'a report whose inline type import still loads the module',
    { 'src/report/json.ts': "import { type Verdict } from '../notes/index.js';" },
    'types-only',
    'src/report/json.ts:1',
  ],
  [
    'an index that hides a room behind its own',
    {
      'src/ops/index.ts': "export { correlateKernel } from '../kernels/correlate.js';",
      'src/proof/prover.ts': "import { correlateKernel } from '../ops/index.js';",
    },
    'passed-on',
    'src/ops/index.ts:1',
  ],
  [
    'a file that imports and exports the same name',
    { 'src/ops/conv.ts': "import { loop } from '../kernels/index.js';\nexport { loop as fast };" },
    'passed-on',
    'src/ops/conv.ts:1',
  ],
  [
    'a package where none is allowed',
    { 'src/proof/trusted/check.ts': "import { createHash } from 'node:crypto';" },
    'package',
    'src/proof/trusted/check.ts:1',
  ],
  [
    'mathjs as a static import',
    { 'src/expr/parse.ts': "import { parse } from 'mathjs';" },
    'lazy-package',
    'src/expr/parse.ts:1',
  ],
  [
    'mathjs by a longer name',
    { 'src/expr/parse.ts': "import { parse } from 'mathjs/number';" },
    'lazy-package',
    'src/expr/parse.ts:1',
  ],
  [
    'mathjs outside expr',
    { 'src/teach/table.ts': "export const load = () => import('mathjs');" },
    'lazy-package',
    'src/teach/table.ts:1',
  ],
  [
    'an import nobody can read',
    { 'src/ops/conv.ts': 'export const load = (name: string) => import(name);' },
    'computed',
    'src/ops/conv.ts:1',
  ],
  [
    'an index with a statement of its own',
    { 'src/teach/index.ts': "export * from './table.js';\nexport const count = 1;" },
    'index-does-more',
    'src/teach/index.ts:2',
  ],
  [
    'three files that go round, one arc being a type',
    {
      'src/expr/a.ts': "import { b } from './b.js';",
      'src/expr/b.ts': "import { c } from './index.js';",
      'src/expr/index.ts': "export type { A } from './a.js';",
    },
    'cycle',
    'src/expr/a.ts:1',
  ],
  ['a long file', { 'src/expr/a.ts': 'f();\n'.repeat(longestFile + 1) }, 'too-long', 'src/expr/a.ts:301'],
  ['a file outside every room', { 'src/utils.ts': 'f();' }, 'no-room', 'src/utils.ts:1'],
];

describe('a planted breach is named', () => {
  test.each(planted)('%s', (_, sources, rule, at) => {
    const found = findViolations(sources).map(violation => ({
      rule: violation.rule,
      at: `${violation.file}:${violation.line}`,
    }));
    expect(found).toEqual([{ rule, at }]);
  });

  // the order of the house, written down a second time on purpose
  const order = 'exact tensor expr autodiff index-sum kernels ops proof gate notes teach report cli'.split(
    ' ',
  );
  const forms = [
    (to: string) => `import { a } from '../${to}/a.js';`,
    (to: string) => `import type { A } from '../${to}';`,
    (to: string) => `export const f = () => import('../${to}/index.js');`,
    (to: string) => `export * from '../${to}/index.js';`,
  ];
  const downward = order.flatMap((from, i) => order.slice(i + 1).map(to => [from, to] as const));
  test.each(downward)('src/%s may not import src/%s, in any form', (from, to) => {
    for (const form of forms) {
      const violations = findViolations({ [`src/${from}/planted.ts`]: form(to) });
      expect(violations.map(({ rule }) => rule)).toContain('direction');
    }
  });
});

describe('what is allowed passes', () => {
  const allowed: Sources = {
    'src/error.ts': 'export class E extends Error {}',
    'src/exact/index.ts':
      "// a comment\nexport type { Integer } from './integer.js';\nexport * as integer from './integer.js';",
    'src/exact/integer.ts': "import { E } from '../error.js';\nexport type Integer = bigint;\nthrow new E();",
    'src/index-sum/term.ts': "import { integer } from '../exact/index.js';",
    'src/proof/index.ts': "export { check } from './trusted/check.js';",
    'src/proof/trusted/check.ts':
      "import { t } from '../../index-sum/term.js';\nimport { E } from '../../error.js';",
    'src/gate/run.ts':
      "import { check } from '../proof/index.js';\nexport const load = (kernel: string) => import(kernel);",
    'src/report/json.ts': "import type { Result } from '../gate/run.js';\nimport pc from 'picocolors';",
    'src/expr/math.ts':
      "import type { MathNode } from 'mathjs';\nexport const load = () => import('mathjs');",
    'src/index.ts':
      "export { check } from './proof/index.js';\nexport type { Integer } from './exact/index.js';",
    'src/cli/main.ts': "import { check } from '../index.js';\nimport { run } from '../gate/run.js';",
  };
  test('one of each', () => expect(findViolations(allowed)).toEqual([]));

  test('imports that are only talked about', () => {
    const talk = [
      "// import { a } from './comment.js'",
      "/* import('./block.js') */ const s = \"import { a } from './string.js'\";",
      'const t = `import("./template.js")`; const r = /import("x")["\'`]/u; a.import("./method.js");',
      'const url = import.meta.url; export const half = total / 2 / count; export { half as h };',
    ];
    expect(readModule(talk.join('\n')).imports).toEqual([]);
  });

  test('the shapes of an import line', () => {
    const read = (source: string) =>
      readModule(source).imports.map(({ specifier, kind, reexport }) => [specifier, kind, reexport]);
    expect(read("import a, { b as c } from './x.js'")).toEqual([['./x.js', 'value', false]]);
    expect(read("type X = typeof import('./x.js')")).toEqual([['./x.js', 'type', false]]);
    expect(read("import type from './x.js'")).toEqual([['./x.js', 'value', false]]);
    expect(read("import type A from './x.js'")).toEqual([['./x.js', 'type', false]]);
    expect(read("import type {\n  A,\n  B,\n} from\n  './x.js'")).toEqual([['./x.js', 'type', false]]);
    expect(read('export type { A } from "./x.js"')).toEqual([['./x.js', 'type', true]]);
    expect(read("export * as a from './x.js';import './y.js'")).toEqual([
      ['./x.js', 'value', true],
      ['./y.js', 'value', false],
    ]);
  });
});
