import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readable } from '../../src/report/readable.js';

test.each([
  ['\\frac{\\partial L}{\\partial X_{11}}', '∂L/∂X₁₁'],
  [
    '\\frac{\\partial L}{\\partial F_{12}} &= \\frac{\\partial L}{\\partial O_{11}} \\cdot X_{12}',
    '∂L/∂F₁₂ = ∂L/∂O₁₁ · X₁₂',
  ],
  ['\\boxed{\\frac{\\partial z_1}{\\partial w_1}} \\times a_{13}', '∂z₁/∂w₁ × a₁₃'],
  ['\\frac{a + b}{2}', '(a + b)/2'],
  ['\\hat{y}^2 + \\alpha w^T', 'y\u0302² + α wᵀ'],
  ['X_{1,12}', 'X₁,₁₂'],
  ['a_{prev}', 'aₚᵣₑᵥ'],
  ['a_{\\text{Q}}', 'a_Q'],
  ['w_1 a_1 + \\dots + w_9 a_{13}', 'w₁ a₁ + … + w₉ a₁₃'],
  ['\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}', '[a, b; c, d]'],
  ['\\left( x \\right) \\star_{full} \\operatorname{rot180}(F)', '( x ) ⋆(full) rot180(F)'],
  ['plain text stays', 'plain text stays'],
])('%s', (latex, text) => {
  expect(readable(latex)).toBe(text);
});

test('ends on any input and never leaves a brace or a backslash', () => {
  const piece = fc.constantFrom(
    '\\frac',
    '{',
    '}',
    '_',
    '^',
    '\\text',
    '\\begin{bmatrix}',
    '\\\\',
    '&',
    'x',
    ' ',
    '\\hat',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      expect(readable(pieces.join(''))).not.toMatch(/[{}\\]/);
    }),
    { seed: 20261120 },
  );
});
