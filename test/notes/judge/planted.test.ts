import { describe, expect, test } from 'vitest';
import { checkDerivation, type EquationReport } from '../../../src/notes/index.js';
import { canonical } from './canonical.js';
import { planted } from './planted.js';

function only(setup: string, equation: string): EquationReport {
  const text = `<!-- backproof: ${setup} -->\n\n$$${equation}$$\n`;
  const { equations } = checkDerivation(text, { format: 'markdown' });
  expect(equations).toHaveLength(1);
  return equations[0]!;
}

test('there are enough planted mistakes', () => {
  expect(planted.flatMap(({ mistakes }) => mistakes).length).toBeGreaterThanOrEqual(40);
});

describe.each(planted)('$name', ({ setup, right, mistakes }) => {
  test('the right equation is correct', () => {
    expect(only(setup, right)).toMatchObject({
      verdict: 'correct',
      rung: 'one-shape',
      slip: null,
      expected: null,
    });
  });

  test.each(mistakes)('$slip: $wrong', ({ wrong, slip, expected }) => {
    const report = only(setup, wrong);
    expect(report).toMatchObject({ verdict: 'wrong', rung: 'one-shape', slip });
    expect(canonical(report.expected!)).toBe(canonical(expected ?? right));
    expect(only(setup, report.expected!).verdict).toBe('correct');
  });
});
