/** The two shipped derivations: every equation gets the verdict that was set for it, with and without a directive. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkDerivation } from '../../../src/notes/index.js';
import { canonical } from '../judge/canonical.js';

interface Expected {
  readonly n: number;
  readonly latex: string;
  readonly verdict: 'correct' | 'wrong' | 'ambiguous';
  readonly correct_form?: string;
  readonly accept?: readonly string[];
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

const documents = [
  {
    name: 'notes-a',
    directive: 'conv2d input=X[3,3] kernel=F[2,2] output=O loss=L stride=1 padding=0 dilation=1 index=pair',
    /** Symbolic indices and output sizes have no verdict here. */
    unchecked: [18, 42, 43],
  },
  {
    name: 'notes-b',
    directive:
      'conv2d input=a[5,5] kernel=w[3,3] output=z loss=L stride=2 padding=0 dilation=1 index=running',
    /** An update: it introduces the new weights. */
    unchecked: [24],
  },
] as const;

/** `\boxed{...}` and dots without a plus are spelled in one way by the printer. */
const withoutForm: ReadonlySet<string> = new Set(['notes-a 38', 'notes-b 9']);

for (const { name, directive, unchecked } of documents) {
  const text = read(`${name}.md`);
  const expected: readonly Expected[] = JSON.parse(read(`${name}.expected.json`)).equations;
  const withDirective = `<!-- backproof: ${directive} -->\n${text}`;

  describe.each([
    ['with a directive', withDirective],
    ['with an inferred setup', text],
  ])(`${name} %s`, (_, source) => {
    const report = checkDerivation(source, { format: 'markdown', path: `${name}.md` });

    test('finds every equation', () => {
      expect(report.equations.map(({ n }) => n)).toEqual(expected.map(({ n }) => n));
      expect(report.equations.map(({ source: written }) => canonical(written))).toEqual(
        expected.map(({ latex }) => canonical(latex)),
      );
    });

    test.each(expected)('$n $latex', ({ n, verdict, correct_form: form }) => {
      const found = report.equations[n - 1]!;
      const open = unchecked.some(one => one === n);
      expect(found.verdict).toBe(open ? 'unchecked' : verdict);
      if (found.verdict === 'unchecked') expect(found.reason).toBeTruthy();
      if (found.verdict !== 'wrong' || form === undefined) return;
      expect(found.expected).not.toBeNull();
      if (!withoutForm.has(`${name} ${n}`)) expect(canonical(found.expected!)).toBe(canonical(form));
      const again = checkDerivation(`<!-- backproof: ${directive} -->\n$$${found.expected}$$`, {
        format: 'markdown',
      });
      expect(again.equations.map(one => one.verdict)).toEqual(['correct']);
    });
  });
}

test('the chain rule through one output names the paths that are missing', () => {
  const report = checkDerivation(read('notes-b.md'), { format: 'markdown' });
  expect(report.equations[8]).toMatchObject({ rule: 'chain-rule', slip: 'missing-term' });
  expect(report.equations[8]!.message).toBe(
    'only the path through z_{1}; the paths through z_{2}, z_{3}, z_{4} are missing',
  );
});

test('the message of a wrong line is one sentence about the line', () => {
  const report = checkDerivation(`<!-- backproof: ${documents[0].directive} -->\n${read('notes-a.md')}`, {
    format: 'markdown',
  });
  const messages = new Map(report.equations.map(({ n, message }) => [n, message]));
  expect(messages.get(3)).toBe('the term X_{23} F_{22} should be X_{32} F_{22}');
  expect(messages.get(16)).toBe('the term dL/dO_{22} dO_{22}/dF_{21} is missing');
  expect(messages.get(26)).toBe('the sign of the term dL/dO_{21} X_{32} should be plus');
  expect(messages.get(29)).toBe(
    'F_{13} does not exist: F is 2 x 2; the term dL/dO_{11} F_{13} should be dL/dO_{12} F_{12}',
  );
  expect(messages.get(33)).toBe('the other side is dL/dX_{31}, not dL/dX_{13}');
});
