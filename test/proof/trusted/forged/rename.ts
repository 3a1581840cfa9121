/** Bound indices take new names, all at once; no two things may share one. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { rename } = steps;

export const renameCases: readonly Forged[] = [
  {
    name: 'rename: onto another bound index',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N, M',
      left: ['sum(u<N, v<M) x[u] y[v]'],
      leftSteps: [[rename({ u: 'v' })]],
      right: ['sum(u<N, v<M) x[v] y[u]'],
      rightSteps: [[rename({ u: 'v' })]],
    },
    twin: {
      leftSteps: [[rename({ u: 'v', v: 'u' })]],
      right: ['sum(v<N, w<M) x[v] y[w]'],
      rightSteps: [[rename({ w: 'u' })]],
    },
  },
  {
    name: 'rename: two indices onto one name',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N, M',
      left: ['sum(u<N, v<M) x[u] y[v]'],
      leftSteps: [[rename({ u: 'w', v: 'w' })]],
      right: ['sum(u<N, v<M) x[v] y[u]'],
      rightSteps: [[rename({ u: 'w', v: 'w' })]],
    },
    twin: {
      leftSteps: [[rename({ u: 'w' })]],
      right: ['sum(w<N, v<M) x[w] y[v]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'rename: onto a free index',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'n<N',
      left: ['sum(v<N) x[n] y[v]'],
      leftSteps: [[rename({ v: 'n' })]],
      right: ['sum(v<N) x[v] y[n]'],
      rightSteps: [[rename({ v: 'n' })]],
    },
    twin: {
      leftSteps: [[rename({ v: 'w' })]],
      right: ['sum(w<N) x[n] y[w]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'rename: onto a parameter',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      left: ['sum(v<N) x[N] y[v]'],
      leftSteps: [[rename({ v: 'N' })]],
      right: ['sum(v<N) x[v] y[N]'],
      rightSteps: [[rename({ v: 'N' })]],
    },
    twin: {
      leftSteps: [[rename({ v: 'w' })]],
      right: ['sum(w<N) x[N] y[w]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'rename: a free index',
    code: 'no-such-part',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['x[e]'],
      leftSteps: [[rename({ e: 'f' })]],
      right: ['x[f]'],
    },
    twin: { left: ['sum(v<N) x[v]'], leftSteps: [[rename({ v: 'w' })]], right: ['sum(w<N) x[w]'] },
  },
  {
    name: 'rename: a parameter, beside a bound index',
    code: 'no-such-part',
    forged: {
      parameters: 'N, M',
      left: ['sum(v<3) x[v] y[M]'],
      leftSteps: [[rename({ v: 'w', M: 'N' })]],
      right: ['sum(w<3) x[w] y[N]'],
    },
    twin: { leftSteps: [[rename({ v: 'w' })]], right: ['sum(w<3) x[w] y[M]'] },
  },
  {
    name: 'rename: to the empty name, which stands for 1',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      left: ['sum(v<N) x[v]'],
      leftSteps: [[rename({ v: '' })]],
      right: ['sum(v<N) x[1]'],
      rightSteps: [[rename({ v: '' })]],
    },
    twin: {
      leftSteps: [[rename({ v: "v'" })]],
      right: ["sum(v'<N) x[v']"],
      rightSteps: [[]],
    },
  },
  {
    name: 'rename: to a name that reads as a product',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N, a, b',
      left: ['sum(v<N) x[v] y[a*b]'],
      leftSteps: [[rename({ v: 'a*b' })]],
      right: ['sum(v<N) x[a*b] y[v]'],
      rightSteps: [[rename({ v: 'a*b' })]],
    },
    twin: {
      leftSteps: [[rename({ v: 'a_b' })]],
      right: ['sum(a_b<N) x[a_b] y[a*b]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'rename: the extent goes to another index',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      left: ['sum(u<N, v<M) x[u] y[v]'],
      leftSteps: [[rename({ u: 'v', v: 'u' })]],
      right: ['sum(u<N, v<M) x[v] y[u]'],
    },
    twin: { right: ['sum(v<N, u<M) x[v] y[u]'] },
  },
];
