/** Leibniz: each atom of the tensor in turn gives way to equations between its index and the cell's. */
import type { Forged } from './case.js';

const base = { parameters: 'N', free: 'n<N, m<N', by: 'x[m]' };

export const derivativeCases: readonly Forged[] = [
  {
    name: 'derivative: a square without the factor 2',
    code: 'sides-differ',
    forged: { ...base, left: ['x[n] x[n]'], right: ['[n = m] x[n]'] },
    twin: { right: ['2 [n = m] x[n]'] },
  },
  {
    name: 'derivative: a square loses both factors',
    code: 'sides-differ',
    forged: { ...base, left: ['x[n] x[n]'], right: ['2 [n = m]'] },
    twin: { right: ['2 [n = m] x[n]'] },
  },
  {
    name: 'derivative: the atom stays',
    code: 'sides-differ',
    forged: { ...base, left: ['x[n]'], right: ['[n = m] x[n]'] },
    twin: { right: ['[n = m]'] },
  },
  {
    name: 'derivative: the equation is forgotten',
    code: 'sides-differ',
    forged: { ...base, left: ['x[n] y[n]'], right: ['y[n]'] },
    twin: { right: ['[n = m] y[n]'] },
  },
  {
    name: 'derivative: the equation of the second axis is forgotten',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      tensors: { w: 2 },
      free: 'n<N, m<N, k<N',
      left: ['w[n, n]'],
      by: 'w[m, k]',
      right: ['[n = m]'],
    },
    twin: { right: ['[n = m] [n = k]'] },
  },
  {
    name: 'derivative: by another tensor',
    code: 'sides-differ',
    forged: { ...base, left: ['y[n]'], right: ['[n = m]'] },
    twin: { right: [] },
  },
  {
    name: 'derivative: a product of two tensors, both differentiated',
    code: 'sides-differ',
    forged: { ...base, left: ['x[n] y[n]'], right: ['[n = m] y[n]', '[n = m] x[n]'] },
    twin: { right: ['[n = m] y[n]'] },
  },
  {
    name: 'derivative: the guards are lost',
    code: 'sides-differ',
    forged: { ...base, left: ['[0 <= n - 1 < N] x[n]'], right: ['[n = m]'] },
    twin: { right: ['[0 <= n - 1 < N] [n = m]'] },
  },
  {
    name: 'derivative: the coefficient is lost',
    code: 'sides-differ',
    forged: { ...base, left: ['3 x[n]'], right: ['[n = m]'] },
    twin: { right: ['3 [n = m]'] },
  },
  {
    name: 'derivative: the right side is differentiated too',
    code: 'sides-differ',
    forged: { ...base, left: ['x[n] y[n]'], right: ['x[n] y[n]'] },
    twin: { right: ['[n = m] y[n]'] },
  },
  {
    name: 'derivative: the definitions are not put in first',
    code: 'sides-differ',
    forged: { ...base, definitions: ['d[i<N] := x[i]'], left: ['d[n]'], right: [] },
    twin: { right: ['[n = m]'] },
  },
  {
    name: 'derivative: the left side is not differentiated',
    code: 'sides-differ',
    forged: { ...base, left: ['y[n] y[n]'], right: ['y[n] y[n]'] },
    twin: { right: [] },
  },
];
