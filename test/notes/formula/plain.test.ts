/** What people write, plain text: Unicode, ASCII and code. */

import { expect, test } from 'vitest';
import { linesOf } from './read.js';

const cases: readonly (readonly [string, string])[] = [
  ['∂L/∂w1 = (∂L/∂z)⋅x1', 'partial<L/w~1> = (partial<L/z> cdot x~1)'],
  ['DL/Dh11 = DL/DLogit11 * w11', 'd<L/h~11> = (d<L/Logit~11> ast w~11)'],
  ['dL/dF11 = dL/dO11 * X11 + dL/dO12*X12', 'd<L/F~11> = ((d<L/O~11> ast X~11) +(d<L/O~12> ast X~12))'],
  ['dfdx = 1.0 * dfdq', 'd<f/x> = (1.0 ast d<f/q>)'],
  ['dL_dW = x.T @ dout', 'd<L/W> = (T(x) at d<out>)'],
  ['dloss/dweight = dZ', 'd<loss/weight> = d<Z>'],
  ['d/dx (x^2) = 2 x', 'd<x^2/x> = (2 x)'],
  ['F_11 = X_{12} + a_prev + I[i,j]', 'F_11 = (X_12 +a_word:prev +I@list:i,j)'],
  ['O11 = X11F11 + X12F12', 'O~11 = ((X~11 F~11) +(X~12 F~12))'],
  ['dX = Full Convolution(rot180 F, dL/dO)', 'd<X> = text:Full Convolution(rot180(F), d<L/O>)'],
  ["dX = conv2(a, rot180(k), 'full')", 'd<X> = conv2(a, rot180(k), "full")'],
  ['x₁₂ = wᵀ·ŷ + x²', 'x_12 = ((T(w) cdot hat:y) +x^2)'],
  ['δ = α × β ⊙ γ − 1', 'delta = ((alpha times beta odot gamma) -1)'],
  ['𝜕𝐿/𝜕𝑤 = 𝑥', 'partial<L/w> = x'],
  ['y = sum_{k=1}^{M} a_k * b_k', 'y = sum{k=1..M}(a_k ast b_k)'],
  ['y = Σ_k a_k', 'y = sum{k}a_k'],
  ['y = max(0, x) for i = 1..n', 'y = max(0, x) | i=1..n'],
  ['A = [[1, 2], [3, 4]]', 'A = square{1 2; 3 4}'],
  ['x = a ** 2 - 1e-3', 'x = (a^2 -1e-3)'],
  ['w := w - lr * dL/dw', 'w define (w -(lr ast d<L/w>))'],
];

test.each(cases)('%s', (line, expected) => {
  expect(linesOf(line, 'text')).toEqual([expected]);
});

test('a formula goes on where a line ends or begins with an operator', () => {
  const text = 'dL/dF11 = dL/dO11 * X11 +\n    dL/dO12 * X12\nO11 = X11*F11\n  + X12*F12\n- O12 = X13\n';
  expect(linesOf(text, 'text')).toEqual([
    'd<L/F~11> = ((d<L/O~11> ast X~11) +(d<L/O~12> ast X~12))',
    'O~11 = ((X~11 ast F~11) +(X~12 ast F~12))',
    'O~12 = X~13',
  ]);
});

test('code that is no formula is refused with its reason', () => {
  expect(linesOf('x = np.dot(a, b)\ndw[i] += x[i]', 'text')).toEqual([
    'unread: unsupported',
    'unread: unsupported',
  ]);
});
