/** [0 <= e < n] h is the sum over 0 <= v < n of [v = e] h, for a new name v. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { eliminate, index, introduce, rename } = steps;

export const introduceCases: readonly Forged[] = [
  {
    name: 'introduce: the name is bound already',
    code: 'ill-formed-term',
    forged: {
      parameters: 'K',
      free: 'p<K',
      left: ['sum(q<K) [0 <= p < K] x[q] y[p]'],
      leftSteps: [
        [introduce(0, 'q'), index(1, 0, 'q', 'q - p', 'p - q'), index(0, 0, 'p', 'p - q', 'q - p')],
      ],
      right: ['sum(q<K) [0 <= p < K] x[p] y[q]'],
      rightSteps: [[introduce(0, 'q')]],
    },
    twin: {
      leftSteps: [[introduce(0, 'r'), index(1, 0, 'r', 'r - p', 'p - r')]],
      right: ['sum(q<K) [0 <= p < K] x[q] y[p]'],
      rightSteps: [[introduce(0, 'r'), index(1, 0, 'r', 'r - p', 'p - r')]],
    },
  },
  {
    name: 'introduce: the name is free already',
    code: 'ill-formed-term',
    forged: {
      parameters: 'K',
      free: 'p<K, q<K',
      left: ['[0 <= p < K] x[p]'],
      leftSteps: [[introduce(0, 'q'), index(0, 0, 'q', 'q - p', 'p - q')]],
      right: ['[0 <= p < K] x[q]'],
      rightSteps: [[introduce(0, 'q')]],
    },
    twin: {
      leftSteps: [[introduce(0, 'r'), index(0, 0, 'r', 'r - p', 'p - r')]],
      right: ['sum(r<K) [r = p] x[r]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'introduce: the name is a parameter already',
    code: 'ill-formed-term',
    forged: {
      parameters: 'K, q',
      free: 'p<K',
      left: ['[0 <= p < K] x[p]'],
      leftSteps: [[introduce(0, 'q'), index(0, 0, 'q', 'q - p', 'p - q')]],
      right: ['[0 <= p < K] x[q]'],
      rightSteps: [[introduce(0, 'q')]],
    },
    twin: {
      leftSteps: [[introduce(0, 'r')]],
      right: ['sum(r<K) [r = p] x[p]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'introduce: the name is empty, so that it stands for 1',
    code: 'ill-formed-term',
    forged: {
      parameters: 'K',
      free: 'p<K',
      left: ['[0 <= p < K] x[p]'],
      leftSteps: [[introduce(0, ''), index(0, 0, '1', '1 - p', 'p - 1')]],
      right: ['[0 <= p < K] x[1]'],
      rightSteps: [[introduce(0, '')]],
    },
    twin: {
      leftSteps: [[introduce(0, 'v')]],
      right: ['sum(v<K) [v = p] x[p]'],
      rightSteps: [[]],
    },
  },
  {
    name: 'introduce: the guard is an equation',
    code: 'no-such-part',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['[e = f] x[e]'],
      leftSteps: [[introduce(0, 'v')]],
      right: ['sum(v<N) [v = e - f] x[e]'],
    },
    twin: { left: ['[0 <= e - f < N] x[e]'] },
  },
  {
    name: 'introduce: there is no such guard',
    code: 'no-such-part',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[introduce(1, 'v')]],
      right: ['x[e]'],
    },
    twin: { leftSteps: [[introduce(0, 'v')]], right: ['sum(v<N) [v = e] x[e]'] },
  },
  {
    name: 'introduce: the equation is forgotten',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[introduce(0, 'v')]],
      right: ['sum(v<N) x[e]'],
    },
    twin: { right: ['sum(v<N) [v = e] x[e]'] },
  },
  {
    name: 'introduce: the extent of the new index mentions an index, which a renaming passes over',
    code: 'ill-formed-term',
    forged: {
      parameters: 'N',
      free: 'e<N',
      left: ['sum(u<N, w<N) [0 <= e < w] x[w] y[u]'],
      leftSteps: [[introduce(0, 'v'), rename({ u: 'w', w: 'u' }), eliminate('v')]],
      right: ['sum(u<N, w<N) [0 <= e < w] x[u] y[w]'],
    },
    twin: {
      parameters: 'N, L',
      left: ['sum(u<N, w<N) [0 <= e < L] x[w] y[u]'],
      right: ['sum(u<N, w<N) [0 <= e < L] x[u] y[w]'],
    },
  },
];
