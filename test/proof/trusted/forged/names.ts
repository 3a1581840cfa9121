/** Names of a statement: each declared once, before it is used, by a sign that no product can be. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { drop } = steps;

const free = 'e<N, n<N';

export const nameCases: readonly Forged[] = [
  {
    name: 'names: a parameter that reads as a product',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N, "a*b"',
      free: 'n<N, m<N',
      definitions: ['d[a<N, b<N] := x["a*b"]'],
      left: ['d[n, m]'],
      right: ['x[n*m]'],
    },
    twin: { parameters: 'N' },
  },
  {
    name: 'names: an empty parameter, which stands for 1',
    code: 'ill-formed-term',
    forged: {
      parameters: 'a, ""',
      left: ['[0 <= "" < 2] x[a]'],
      leftSteps: [[drop(0, '1', '')]],
      right: ['x[a]'],
    },
    twin: { parameters: 'a', left: ['[0 <= 1 < 2] x[a]'] },
  },
  {
    name: 'names: a free index without a name',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: '""<N',
      left: ['[0 <= "" < 2] x[0]'],
      leftSteps: [[drop(0, '1', '')]],
      right: ['x[0]'],
    },
    twin: { free: 'n<N', left: ['[0 <= 1 < 2] x[0]'] },
  },
  {
    name: 'names: a free index that reads as a number',
    code: 'ill-formed-term',
    forged: { parameters: 'N', free: '"2"<N', left: ['x["2"]'], right: ['x[2]'] },
    twin: { free: 'n2<N', left: ['x[n2]'], right: ['x[n2]'] },
  },
  {
    name: 'names: a bound index without a name',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      left: ['sum(""<N) [0 <= "" < 2] x[0]'],
      leftSteps: [[drop(0, '1', '')]],
      right: ['sum(""<N) x[0]'],
    },
    twin: { left: ['sum(v<N) [0 <= 1 < 2] x[0]'], right: ['sum(v<N) x[0]'] },
  },
  {
    name: 'names: a parameter twice',
    code: 'ill-formed-term',
    forged: { parameters: 'N, N', left: ['x[N]'], right: ['y[N]'] },
    twin: { parameters: 'N', right: ['x[N]'] },
  },
  {
    name: 'names: a free index is a parameter too',
    code: 'ill-formed-term',
    forged: { parameters: 'N, n', free: 'n<N', left: ['x[n]'], right: ['y[n]'] },
    twin: { parameters: 'N', right: ['x[n]'] },
  },
  {
    name: 'names: an assumption about a free index',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      assume: ['1 - n'],
      free: 'n<N',
      left: ['[0 <= n < 2] x[n]'],
      leftSteps: [[drop(0, 'n', '1 - n')]],
      right: ['x[n]'],
      witness: { N: 3, n: 1 },
    },
    twin: { assume: ['1 - N'], free: 'n<N', left: ['x[n]'], leftSteps: [[]], witness: { N: 1 } },
  },
  {
    name: 'names: a guard of a definition takes an index from around it',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free,
      definitions: ['d[i<N] := [n = 0] x[i]'],
      left: ['d[e]'],
      right: ['[n = 0] x[e]'],
    },
    twin: { definitions: ['d[i<N, n<N] := [n = 0] x[i]'], left: ['d[e, n]'] },
  },
  {
    name: 'names: the value of a range of a definition takes an index from around it',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free,
      definitions: ['d[i<N] := [0 <= n < 1] x[i]'],
      left: ['d[e]'],
      right: ['[0 <= n < 1] x[e]'],
    },
    twin: { definitions: ['d[i<N, n<N] := [0 <= n < 1] x[i]'], left: ['d[e, n]'] },
  },
  {
    name: 'names: the extent of a range of a definition takes an index from around it',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free,
      definitions: ['d[i<N] := [0 <= i < n] x[i]'],
      left: ['d[e]'],
      right: ['[0 <= e < n] x[e]'],
    },
    twin: { definitions: ['d[i<N, n<N] := [0 <= i < n] x[i]'], left: ['d[e, n]'] },
  },
  {
    name: 'names: an atom of a definition takes an index from around it',
    code: 'ill-formed-term',
    forged: { parameters: 'N', free, definitions: ['d[i<N] := x[n]'], left: ['d[e]'], right: ['x[n]'] },
    twin: { definitions: ['d[i<N, n<N] := x[n]'], left: ['d[e, n]'] },
  },
  {
    name: 'names: the second name of an index of a definition is taken from around it',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free,
      definitions: ['d[i<N] := x[i + n]'],
      left: ['d[e]'],
      right: ['x[e + n]'],
    },
    twin: { definitions: ['d[i<N, n<N] := x[i + n]'], left: ['d[e, n]'] },
  },
  {
    name: 'names: a second axis of a definition takes an index from around it',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      tensors: { w: 2 },
      free,
      definitions: ['d[i<N] := w[i, n]'],
      left: ['d[e]'],
      right: ['w[e, n]'],
    },
    twin: { definitions: ['d[i<N, n<N] := w[i, n]'], left: ['d[e, n]'] },
  },
  {
    name: 'names: the cell of the derivative is taken by a bound index',
    code: 'ill-formed-term',
    forged: { parameters: 'N', left: ['sum(z<N) x[z]'], by: 'x[z]', right: ['sum(z<N) [0 = 0]'] },
    twin: {
      free: 'm<N',
      by: 'x[m]',
      right: ['sum(z<N) [z = m]'],
    },
  },
];
