/** How reciprocals are told: as what is given, as a reason, and as a factor of both sides. */
import temml from 'temml';
import { expect, test } from 'vitest';
import { explain } from '../../../src/proof/explain/explain.js';
import { judge } from '../../../src/proof/judge.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';

const TEXT = `rank 2
h[] = 1/2
r[] = 1/(N*prod(L@))
y[c<C] = sum(n<N, i@<L@) r[]*h[]*x[c]*x[c]
dx[c<C] = yBar[c]*x[c]
prove gradient of y by x is dx`;

const [theorem] = parseTheorems(TEXT, 'half of a square');
const { proof } = judge(theorem!);
const explained = (format: 'plain' | 'markdown' | 'latex') =>
  explain(theorem!, proof!, format).replaceAll(/\s+/g, ' ');

test('in plain words', () => {
  const text = explained('plain');
  expect(text).toContain(
    'for all arrays h, r without axes and x, yBar of one axis, with cells in a commutative ring',
  );
  expect(text).toContain('with 2 h = 1 and L₁ L₂ N r = 1, and where');
  expect(text).toContain(
    'Both sides are multiplied by 2: by 2 h = 1 and L₁ L₂ N r = 1 they may be divided again.',
  );
  expect(text).toContain(
    'n < N, iₖ < Lₖ have L₁ L₂ N values, since N ≥ 0 is given, and L₁ ≥ 0 is given, and L₂ ≥ 0 is given; L₁ L₂ N r = 1.',
  );
  expect(text).toContain('2 h = 1');
  expect(text).toContain('- Unit: a sum of r h over indices');
});

test.each(['markdown', 'latex'] as const)('%s renders', format => {
  const text = explain(theorem!, proof!, format);
  const displays = text.match(/\\begin\{align(ed|\*)\}[\s\S]*?\\end\{align(ed|\*)\}/g)!;
  const inline = displays.reduce((rest, one) => rest.replace(one, ''), text).match(/\$[^$\n]+\$/g)!;
  expect(inline).toContain('$L_{1} L_{2} N r = 1$');
  for (const formula of [...displays, ...inline.map(one => one.slice(1, -1))])
    expect(temml.renderToString(formula, { throwOnError: true, displayMode: true })).toContain('<math');
});
