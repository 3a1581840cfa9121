import temml from 'temml';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { explain } from '../../../src/proof/explain/explain.js';
import { termParts } from '../../../src/proof/explain/formula.js';
import { lettersOf } from '../../../src/proof/explain/letters.js';
import { namesIn, storyOf } from '../../../src/proof/explain/story.js';
import { examples, inputGradient } from '../certificate/proofs.js';

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
const axesOf = (id: string) => Number(/conv(\d)d/.exec(id)?.[1] ?? 1);

const count = (text: string, part: string) => text.split(part).length - 1;

/** What stands between `$` signs, and in displays. */
function formulas(text: string): string[] {
  const displays = text.match(/\\begin\{align(ed|\*)\}[\s\S]*?\\end\{align(ed|\*)\}/g) ?? [];
  const rest = displays.reduce((left, display) => left.replace(display, ''), text);
  return [...displays, ...(rest.match(/\$[^$\n]+\$/g) ?? []).map(one => one.slice(1, -1))];
}

describe.each(examples())('the explanation of $id', example => {
  const { id, statement, proof } = example;
  const plain = explain(example, proof, 'plain');

  test('is at most 100 columns wide', () => {
    const lines = plain.split('\n');
    expect(lines.filter(line => line.length > 100)).toEqual([]);
    expect(lines.length).toBeLessThan(120);
  });

  test('shows the start, every term after steps of one kind, and the rule of every step', () => {
    const axes = axesOf(id);
    const story = storyOf(statement, proof, axes);
    const letters = lettersOf(namesIn(statement, story), axes, false);
    const parameters = new Set(statement.parameters);
    const setting = { latex: false, letters, axes, parameters, units: statement.units, axis: null };
    const text = oneLine(plain);
    for (const { start, stretches } of [...story.left, ...story.right]) {
      expect(text).toContain(oneLine(termParts(start, setting).join(' ')));
      for (const { rule, after } of stretches) {
        expect(text).toContain(after ? `= ${oneLine(termParts(after, setting).join(' '))}` : '= 0');
        expect(text.toLowerCase()).toContain(`${rule}: `);
      }
    }
    const steps = [...proof.left, ...proof.right].flat();
    const told = [...story.left, ...story.right].flatMap(one => one.stretches.flatMap(({ taken }) => taken));
    expect(told.map(({ step }) => step.rule).sort()).toEqual(steps.map(step => step.rule).sort());
  });

  test('defines what it uses, and names what it is for', () => {
    for (const definition of statement.definitions) expect(plain).toContain(`${definition.name}[`);
    expect(plain.startsWith(`${id}\n`)).toBe(true);
    expect(plain).toContain('For all integers');
    expect(plain).not.toMatch(/[$\\{}@]|undefined|\[object/u);
  });

  test.each(['markdown', 'latex'] as const)('in %s is balanced, and every formula of it renders', format => {
    const text = explain(example, proof, format);
    for (const block of ['aligned', 'align*', 'itemize'])
      expect(count(text, `\\begin{${block}}`)).toBe(count(text, `\\end{${block}}`));
    expect(count(text, '$') % 2).toBe(0);
    expect(count(text, '\n$$\n') % 2).toBe(0);
    const all = formulas(text);
    expect(all.length).toBeGreaterThan(10);
    for (const latex of all)
      expect(temml.renderToString(latex, { throwOnError: true, displayMode: true })).toContain('<math');
  });
});

describe('explanations', () => {
  test('of one axis leave its number out, and say each reason as algebra', () => {
    const example = inputGradient(1);
    const text = oneLine(explain(example, example.proof, 'plain'));
    expect(text).toContain('For all integers N, C, O, L, K, P ≥ 0 and s, d ≥ 1 and a,');
    expect(text).toContain('∂/∂x[n, c, i] Σ(m < N, o < O, p < P) dy[m, o, p] y[m, o, p] = window[n, c, i]');
    expect(text).toContain('Eliminate: only m = n counts, where 0 ≤ n < N.');
    expect(text).toContain('Drop: 0 ≤ n < N is the range of n.');
    expect(text).toContain(
      '0 ≤ d q + s p - a < L, since d q + s p - a = i by d q + s p = a + i, and 0 ≤ i < L is the range of i.',
    );
    expect(text).toContain('0 ≤ s p < s P - s + 1, since s p = p (s - 1) + p ≥ 0, and');
    expect(text).not.toMatch(/[₀-₉]/u);
  });

  test('of three axes say what is alike on all of them once', () => {
    const [one, three] = [inputGradient(1), inputGradient(3)].map(example =>
      explain(example, example.proof, 'plain').split('The assumptions can be met')[0]!.split('\n'),
    );
    expect(three!.length).toBeLessThan(one!.length + 12);
    const text = oneLine(three!.join('\n'));
    expect(text).toContain('0 ≤ iₖ < Lₖ is the range of iₖ (on each axis).');
    expect(text).toContain('pₖ < Pₖ means p₁ < P₁');
    expect(text.replace('p₁ < P₁', '')).not.toMatch(/[₀-₉]/u);
  });

  test('keep the number of an axis where the letter without it is another name', () => {
    const letters = lettersOf(new Set(['p1', 'p', 's1', "q'1"]), 1, false);
    expect(['p1', 'p', 's1', "q'1"].map(name => letters.write(name, null))).toEqual(['p₁', 'p', 's', "q'"]);
    const latex = lettersOf(new Set(['p1', "q''2", 'zero_stuff']), 2, true);
    expect(latex.write("q''2", null)).toBe("q''_{2}");
    expect(latex.write('p1', 1)).toBe('p_{k}');
    expect(latex.write('zero_stuff', null)).toBe('\\mathit{zero\\_stuff}');
  });

  test('tell the claim beside the name, signs of LaTeX escaped', () => {
    const example = { ...inputGradient(1), claim: 'dx = crop(zero_stuff(yBar, step=s))' };
    expect(explain(example, example.proof, 'plain')).toContain(
      '\n\nClaim: dx = crop(zero_stuff(yBar, step=s))\n\n',
    );
    expect(explain(example, example.proof, 'latex')).toContain('zero\\_stuff(yBar');
  });

  test('of a proof whose steps do not apply are refused', () => {
    const { id, statement, proof } = inputGradient(1);
    const forged = { ...proof, left: [[{ rule: 'eliminate', name: 'o' } as const]] };
    expect(() => explain({ id, statement }, forged, 'plain')).toThrow(BackproofError);
  });
});
