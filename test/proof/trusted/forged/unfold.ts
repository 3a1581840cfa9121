/** What a definition says takes the place of its atom; its bound names give way to those around them. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { rename } = steps;

export const unfoldCases: readonly Forged[] = [
  {
    name: 'unfold: a bound name of the definition is bound around it',
    code: 'sides-differ',
    forged: {
      parameters: 'K',
      definitions: ['d[i<K] := sum(q<K) x[q] y[i]', 'e[i<K] := sum(q<K) x[q] y[q] z[i]'],
      left: ['sum(q<K) d[q] z[q]'],
      right: ['sum(q<K) e[q]'],
    },
    twin: { right: ["sum(q<K, q'<K) x[q'] y[q] z[q]"] },
  },
  {
    name: 'unfold: a bound name of the definition is free around it',
    code: 'sides-differ',
    forged: {
      parameters: 'K',
      free: 'q<K',
      definitions: ['d[i<K] := sum(q<K) x[q] y[i]', 'e[i<K] := sum(q<K) x[i] y[q]'],
      left: ['d[q]'],
      right: ['e[q]'],
    },
    twin: { right: ["sum(q'<K) x[q'] y[q]"] },
  },
  {
    name: 'unfold: the new name for a bound index is a parameter',
    code: 'sides-differ',
    forged: {
      parameters: "K, q'",
      definitions: ['d[i<K] := sum(q<K) x[q] y[i]', "e[i<K] := sum(q<K) x[q'] z[q] y[i]"],
      left: ["sum(q<K) d[q] z[q']"],
      right: ['sum(q<K) e[q]'],
    },
    twin: { right: ["sum(q<K, q''<K) x[q''] y[q] z[q']"] },
  },
  {
    name: 'unfold: two bound indices of a definition get one new name',
    code: 'sides-differ',
    forged: {
      parameters: 'K, L',
      free: 'q<K',
      definitions: ["d[i<K] := sum(q<K, q'<L) x[q] y[q'] z[i]", "e[i<K] := sum(q<K, q'<L) x[q'] y[q] z[i]"],
      left: ['d[q]'],
      right: ['e[q]'],
    },
    twin: { right: ['sum(r<K, s<L) x[r] y[s] z[q]'], rightSteps: [[rename({ r: "q'", s: "q''" })]] },
  },
  {
    name: 'unfold: two readings of one definition share their bound index',
    code: 'sides-differ',
    forged: {
      parameters: 'K',
      definitions: ['d[] := sum(q<K) x[q]', 'e[] := sum(q<K) x[q] x[q]'],
      left: ['d[] d[]'],
      right: ['e[]'],
    },
    twin: { right: ["sum(q<K, q'<K) x[q] x[q']"] },
  },
  {
    name: 'unfold: the indices come in another order',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      tensors: { w: 2 },
      free: 'i<N, j<N',
      definitions: ['d[i<N, j<N] := w[i, j]'],
      left: ['d[j, i]'],
      right: ['w[i, j]'],
    },
    twin: { right: ['w[j, i]'] },
  },
  {
    name: 'unfold: the coefficient of the definition is lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := 2 x[i]'],
      left: ['3 d[n]'],
      right: ['3 x[n]'],
    },
    twin: { right: ['6 x[n]'] },
  },
  {
    name: 'unfold: the coefficient of the reader is lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := 2 x[i]'],
      left: ['3 d[n]'],
      right: ['2 x[n]'],
    },
    twin: { right: ['6 x[n]'] },
  },
  {
    name: 'unfold: the guards of the definition are lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      free: 'n<N',
      definitions: ['d[i<N] := [0 <= i - 1 < M] x[i]'],
      left: ['d[n]'],
      right: ['x[n]'],
    },
    twin: { right: ['[0 <= n - 1 < M] x[n]'] },
  },
  {
    name: 'unfold: the guards of the reader are lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]'],
      left: ['[0 <= n - 1 < M] d[n]'],
      right: ['x[n]'],
    },
    twin: { right: ['[0 <= n - 1 < M] x[n]'] },
  },
  {
    name: 'unfold: an equation of the definition keeps its names',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N, k<N',
      definitions: ['d[i<N, k<N] := [k = 0] x[i]'],
      left: ['d[e, f]'],
      right: ['[k = 0] x[e]'],
    },
    twin: { right: ['[f = 0] x[e]'] },
  },
  {
    name: 'unfold: the value of a range of the definition keeps its names',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N, k<N',
      definitions: ['d[i<N, k<N] := [0 <= k < 1] x[i]'],
      left: ['d[e, f]'],
      right: ['[0 <= k < 1] x[e]'],
    },
    twin: { right: ['[0 <= f < 1] x[e]'] },
  },
  {
    name: 'unfold: the extent of a range of the definition keeps its names',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N, k<N',
      definitions: ['d[i<N, k<N] := [0 <= 0 < k] x[i]'],
      left: ['d[e, f]'],
      right: ['[0 <= 0 < k] x[e]'],
    },
    twin: { right: ['[0 <= 0 < f] x[e]'] },
  },
  {
    name: 'unfold: the ranges of the definition are lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      definitions: ['d[] := sum(q<N) x[0]'],
      left: ['d[]'],
      right: ['x[0]'],
    },
    twin: { right: ['sum(q<N) x[0]'] },
  },
  {
    name: 'unfold: the atoms around a definition are lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]'],
      left: ['y[n] d[n] z[n]'],
      right: ['x[n]'],
    },
    twin: { right: ['x[n] y[n] z[n]'] },
  },
  {
    name: 'unfold: the atom before a definition is lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]'],
      left: ['y[n] d[n]'],
      right: ['x[n]'],
    },
    twin: { right: ['x[n] y[n]'] },
  },
  {
    name: 'unfold: the second term of a definition is lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i] & y[i]'],
      left: ['d[n]'],
      right: ['x[n]'],
    },
    twin: { right: ['x[n]', 'y[n]'] },
  },
  {
    name: 'unfold: a definition inside a definition stays shut',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      free: 'n<N',
      definitions: ['d[i<N] := x[i]', 'e[i<N] := d[i + 1]'],
      left: ['e[n]'],
      right: ['d[n]'],
    },
    twin: { right: ['x[n + 1]'] },
  },
];
