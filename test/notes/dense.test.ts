/** Notes about dense layers, biases and products cell by cell: one sample as a vector, a batch as a matrix. */
import { expect, test } from 'vitest';
import { checkDerivation } from '../../src/index.js';

const verdicts = async (lines: readonly string[]) => {
  const text = lines.map(line => (line.startsWith('<') ? line : `$$${line}$$`)).join('\n\n');
  const { equations } = await checkDerivation(text, { format: 'markdown' });
  return equations.map(one => one.verdict);
};

test('one sample: a vector is the row of a batch of one', async () => {
  const lines = [
    '<!-- backproof: linear input=x[3] kernel=W[2,3] output=y loss=L -->',
    'y_1 = W_{11} x_1 + W_{12} x_2 + W_{13} x_3',
    '\\frac{\\partial L}{\\partial x_1} = \\frac{\\partial L}{\\partial y_1} W_{11} + \\frac{\\partial L}{\\partial y_2} W_{21}',
    '\\frac{\\partial L}{\\partial W_{12}} = \\frac{\\partial L}{\\partial y_1} x_1',
  ];
  expect(await verdicts(lines)).toEqual(['correct', 'correct', 'wrong']);
});

test('a batch: products of matrices', async () => {
  const dY = '\\frac{\\partial L}{\\partial Y}';
  const lines = [
    '<!-- backproof: linear input=X[4,3] kernel=W[2,3] output=Y loss=L -->',
    'Y = X W^T',
    `\\frac{\\partial L}{\\partial X} = ${dY} W`,
    `\\frac{\\partial L}{\\partial W} = \\left(${dY}\\right)^T X`,
  ];
  expect(await verdicts(lines)).toEqual(['correct', 'correct', 'correct']);
});

test('a product of two matrices, and of a row with a matrix', async () => {
  const [dY, dW] = ['\\frac{\\partial L}{\\partial Y}', '\\frac{\\partial L}{\\partial W}'];
  const batch = '<!-- backproof: matmul input=X[4,3] kernel=W[3,2] output=Y loss=L -->';
  expect(await verdicts([batch, 'Y = X W', `${dW} = X^T ${dY}`])).toEqual(['correct', 'correct']);
  const row = '<!-- backproof: matmul input=x[2] kernel=W[2,2] output=y loss=L -->';
  expect(await verdicts([row, 'y_1 = x_1 W_{11} + x_2 W_{21}', 'y_1 = x_1 W_{11} + x_2 W_{12}'])).toEqual([
    'correct',
    'wrong',
  ]);
});

test('a bias, and a product cell by cell', async () => {
  const d = (of: string) => `\\frac{\\partial L}{\\partial ${of}}`;
  const added = '<!-- backproof: bias input=X[2,2] bias=b output=Y loss=L -->';
  const all = ['Y_{11}', 'Y_{12}', 'Y_{21}', 'Y_{22}'].map(cell => d(cell));
  expect(
    await verdicts([
      added,
      'Y_{11} = X_{11} + b',
      `${d('b')} = ${all.join(' + ')}`,
      `${d('b')} = ${all.slice(1).join(' + ')}`,
    ]),
  ).toEqual(['correct', 'correct', 'wrong']);
  const scaled = '<!-- backproof: multiply input=X[2,2] kernel=W[2,2] output=Y loss=L -->';
  expect(
    await verdicts([
      scaled,
      `${d('X_{12}')} = ${d('Y_{12}')} W_{12}`,
      `${d('X_{12}')} = ${d('Y_{12}')} X_{12}`,
      `${d('X')} = ${d('Y')} \\odot W`,
    ]),
  ).toEqual(['correct', 'wrong', 'correct']);
});

test('a transposed convolution: every cell lays down a copy of the kernel', async () => {
  const lines = [
    '<!-- backproof: conv_transpose1d input=X[2] kernel=F[2] output=O loss=L stride=2 -->',
    'O_1 = X_1 F_1',
    'O_3 = X_2 F_1',
    'O_2 = X_1 F_1',
    '\\frac{\\partial L}{\\partial X_1} = \\frac{\\partial L}{\\partial O_1} F_1 + \\frac{\\partial L}{\\partial O_2} F_2',
    '\\frac{\\partial L}{\\partial F_2} = \\frac{\\partial L}{\\partial O_2} X_1 + \\frac{\\partial L}{\\partial O_3} X_2',
  ];
  expect(await verdicts(lines)).toEqual(['correct', 'correct', 'wrong', 'correct', 'wrong']);
});

test('what the reader does not judge yet is unchecked, never a guess', async () => {
  const lines = ['<!-- backproof: sigmoid input=X[2] output=A loss=L -->', 'A_1 = X_1'];
  expect(await verdicts(lines)).toEqual(['unchecked']);
});
