/** Tensors and definitions: declared once, before they are read, with as many indices as they have axes. */
import type { Forged } from './case.js';

const nested = (body: (before: string) => string) => {
  const bodies = Array.from({ length: 9 }, (_, k) => body(k === 0 ? 'x' : `d${k}`));
  return bodies.map((one, k) => `d${k + 1}[i<1] := ${one}`);
};

export const declaredCases: readonly Forged[] = [
  {
    name: 'tensors: a definition reads a later one',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := e[i]', 'e[i<N] := x[i]'],
      left: ['d[n]'],
      right: ['x[n]'],
    },
    twin: { definitions: ['e[i<N] := x[i]', 'd[i<N] := e[i]'] },
  },
  {
    name: 'tensors: a definition reads itself',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := d[i] & x[i]'],
      left: ['d[n]'],
      right: ['x[n]'],
    },
    twin: { definitions: ['d[i<N] := x[i]'] },
  },
  {
    name: 'tensors: a definition has the name of a tensor',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['x[i<N] := y[i]'],
      left: ['x[n]'],
      right: ['y[n]'],
    },
    twin: { definitions: ['d[i<N] := y[i]'], left: ['d[n]'] },
  },
  {
    name: 'tensors: two definitions have one name',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]', 'd[i<N] := y[i]'],
      left: ['d[n]'],
      right: ['x[n]'],
    },
    twin: { definitions: ['d[i<N] := x[i]', 'e[i<N] := y[i]'] },
  },
  {
    name: 'tensors: an index of a definition is a parameter too',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<3',
      definitions: ['d[N<3] := x[N]'],
      left: ['d[n]'],
      right: ['x[n]'],
    },
    twin: { definitions: ['d[M<3] := x[M]'] },
  },
  {
    name: 'tensors: two indices of a definition have one name',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N, m<N',
      definitions: ['d[i<N, i<N] := x[i]'],
      left: ['d[n, m]'],
      right: ['x[m]'],
    },
    twin: { definitions: ['d[i<N, j<N] := x[j]'] },
  },
  {
    name: 'tensors: two indices of a definition without terms have one name',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N, M',
      free: 'm<N',
      definitions: ['d[i<N, i<N] :='],
      left: ['x[m]'],
      right: ['y[m]'],
    },
    twin: { definitions: ['d[i<N, j<N] :='], right: ['x[m]'] },
  },
  {
    name: 'tensors: a definition is read with too many indices',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N, m<N',
      definitions: ['d[i<N] := x[i]'],
      left: ['d[n, m]'],
      right: ['x[n]'],
    },
    twin: { left: ['d[n]'] },
  },
  {
    name: 'tensors: a definition is read with too few indices, and takes one from around it',
    code: 'ill-formed-term',
    forged: { parameters: 'N', free: 'i<N', definitions: ['d[i<N] := x[i]'], left: ['d[]'], right: ['x[i]'] },
    twin: { left: ['d[i]'] },
  },
  {
    name: 'tensors: a definition reads another with a wrong rank',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]', 'e[i<N] := d[i, i]'],
      left: ['e[n]'],
      right: ['x[n]'],
    },
    twin: { definitions: ['d[i<N] := x[i]', 'e[i<N] := d[i]'] },
  },
  {
    name: 'tensors: the right side reads a definition with a wrong rank',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N, m<N',
      definitions: ['d[i<N] := x[i]'],
      left: ['x[n]'],
      right: ['d[n, m]'],
    },
    twin: { right: ['d[n]'] },
  },
  {
    name: 'tensors: a derivative by a definition',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]'],
      left: ['d[n]'],
      by: 'd[n]',
      right: [],
    },
    twin: { by: 'x[n]', right: ['[0 = 0]'] },
  },
  {
    name: 'tensors: a derivative by a cell with too many indices',
    code: 'ill-formed-term',
    forged: { parameters: 'N', free: 'n<N, m<N', left: ['x[n]'], by: 'x[n, m]', right: ['[0 = 0]'] },
    twin: { by: 'x[n]' },
  },
  {
    name: 'tensors: definitions that unfold to very many terms',
    code: 'too-large',
    forged: {
      free: 'n<1',
      definitions: nested(before => `${before}[i] & ${before}[i]`),
      left: ['d9[n]'],
      right: ['511 x[n]'],
    },
    twin: { left: ['d4[n]'], right: ['16 x[n]'] },
  },
  {
    name: 'tensors: definitions that unfold to a very long product',
    code: 'too-large',
    forged: {
      free: 'n<1',
      definitions: nested(before => `${before}[i] ${before}[i]`),
      left: ['d9[n]'],
      right: ['x[n]'],
    },
    twin: { left: ['d2[n]'], right: ['x[n] x[n] x[n] x[n]'] },
  },
];
