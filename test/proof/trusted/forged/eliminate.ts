/** sum over 0 <= v < n of [v = e] h(v) is [0 <= e < n] h(e): v alone, times 1 or -1. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { eliminate } = steps;

export const eliminateCases: readonly Forged[] = [
  {
    name: 'eliminate: the index occurs twice in its equation (2*v = e)',
    code: 'not-solvable',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['sum(v<N) [2*v = e] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[0 <= e < N] x[e]'],
    },
    twin: { left: ['sum(v<N) [v = e] x[v]'] },
  },
  {
    name: 'eliminate: coefficient -2 (e = 2*v)',
    code: 'not-solvable',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['sum(v<N) [e = 2*v] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[0 <= e < N] x[e]'],
    },
    twin: { left: ['sum(v<N) [e = v] x[v]'] },
  },
  {
    name: 'eliminate: a dilation d, as SymPy does it',
    code: 'not-solvable',
    forged: {
      parameters: 'N, M, d',
      free: 'e<M',
      left: ['sum(v<N) [d*v = e] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[0 <= e < N] x[e]'],
    },
    twin: { left: ['sum(v<N) [v = d*e] x[v]'], right: ['[0 <= d*e < N] x[d*e]'] },
  },
  {
    name: 'eliminate: the index occurs in a product of its equation',
    code: 'not-solvable',
    forged: {
      parameters: 'N, M, d',
      free: 'e<M',
      left: ['sum(v<N) [v + d*v = e] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[0 <= e < N] x[e]'],
    },
    // The equation that cannot be solved is passed over, and stays.
    twin: {
      left: ['sum(v<N) [v + d*v = e] [v = e] x[v]'],
      right: ['[e + d*e = e] [0 <= e < N] x[e]'],
    },
  },
  {
    name: 'eliminate: the index occurs in a range only',
    code: 'not-solvable',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['sum(v<N) [0 <= v - e < 1] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['x[e]'],
    },
    twin: { left: ['sum(v<N) [0 <= v - e < 1] [v = e] x[v]'], right: ['[0 <= 0 < 1] [0 <= e < N] x[e]'] },
  },
  {
    name: 'eliminate: the equation mentions other indices only',
    code: 'not-solvable',
    forged: {
      parameters: 'N, M',
      free: 'e<M, f<M',
      left: ['sum(v<N) [e = f] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[e = f] x[e]'],
    },
    twin: { left: ['sum(v<N) [e = f] [v = e] x[v]'], right: ['[e = f] [0 <= e < N] x[e]'] },
  },
  {
    name: 'eliminate: the range of the index is forgotten',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['sum(v<N) [v = e] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['x[e]'],
    },
    twin: { right: ['[0 <= e < N] x[e]'] },
  },
  {
    name: 'eliminate: solved with the wrong sign',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['sum(v<N) [v = e] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[0 <= -e < N] x[-e]'],
    },
    twin: { left: ['sum(v<N) [v + e = 0] x[v]'] },
  },
  {
    name: 'eliminate: another guard that mentions the index is lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M, K',
      free: 'e<M',
      left: ['sum(v<N) [v = e] [0 <= v < K] x[v]'],
      leftSteps: [[eliminate('v')]],
      right: ['[0 <= e < N] x[e]'],
    },
    twin: { right: ['[0 <= e < N] [0 <= e < K] x[e]'] },
  },
  {
    name: 'eliminate: the index is free, not bound',
    code: 'no-such-part',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['[e = f] x[f]'],
      leftSteps: [[eliminate('e')]],
      right: ['[0 <= f < N] x[f]'],
    },
    twin: { free: 'f<N', left: ['sum(e<N) [e = f] x[f]'] },
  },
];
