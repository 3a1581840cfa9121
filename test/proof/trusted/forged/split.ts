/** The sum over 0 <= v < n m is that over 0 <= h < n and 0 <= l < m with v = m h + l, if n, m >= 0. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { rename, split } = steps;

export const splitCases: readonly Forged[] = [
  {
    name: 'split: the extents do not multiply to the old one',
    code: 'not-shown',
    forged: {
      parameters: 'N, A, B',
      assume: ['A', 'B'],
      left: ['sum(v<N) x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(h<A, l<B) x[B*h + l]'],
    },
    twin: { left: ['sum(v<A*B) x[v]'] },
  },
  {
    name: 'split: both extents may be negative',
    code: 'not-shown',
    forged: {
      parameters: 'A, B',
      left: ['sum(v<A*B) x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', '', '')]],
      right: ['sum(h<A, l<B) x[B*h + l]'],
    },
    twin: { assume: ['A', 'B'], leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]] },
  },
  {
    name: 'split: both extents may be negative, and nobody has said otherwise',
    code: 'unknown-fact',
    forged: {
      parameters: 'A, B',
      left: ['sum(v<A*B) x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(h<A, l<B) x[B*h + l]'],
    },
    twin: { assume: ['A', 'B'] },
  },
  {
    name: 'split: the high part has the extent of the low part as its weight',
    code: 'sides-differ',
    forged: {
      parameters: 'A, B',
      assume: ['A', 'B'],
      left: ['sum(v<A*B) x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(h<A, l<B) x[A*h + l]'],
    },
    twin: { right: ['sum(h<A, l<B) x[B*h + l]'] },
  },
  {
    name: 'split: the low part is forgotten',
    code: 'sides-differ',
    forged: {
      parameters: 'A, B',
      assume: ['A', 'B'],
      left: ['sum(v<A*B) x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(h<A, l<B) x[B*h]'],
    },
    twin: { right: ['sum(h<A, l<B) x[B*h + l]'] },
  },
  {
    name: 'split: another bound index is lost',
    code: 'sides-differ',
    forged: {
      parameters: 'A, B, C',
      assume: ['A', 'B'],
      left: ['sum(v<A*B, w<C) x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(h<A, l<B) x[B*h + l]'],
    },
    twin: { right: ['sum(h<A, l<B, w<C) x[B*h + l]'] },
  },
  {
    name: 'split: a new name is free already',
    code: 'ill-formed-term',
    forged: {
      parameters: 'A, B',
      assume: ['A', 'B'],
      free: 'n<A',
      left: ['sum(v<A*B) x[v] y[n]'],
      leftSteps: [[split('v', 'n<A, l<B', 'A', 'B')]],
      right: ['sum(u<A, l<B) x[B*n + l] y[u]'],
      rightSteps: [[rename({ u: 'n' })]],
    },
    twin: {
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(u<A, l<B) x[B*u + l] y[n]'],
      rightSteps: [[rename({ u: 'h' })]],
    },
  },
  {
    name: 'split: both new names are one',
    code: 'ill-formed-term',
    forged: {
      parameters: 'A',
      assume: ['A'],
      left: ['sum(v<A*A) x[v]'],
      leftSteps: [[split('v', 'h<A, h<A', 'A', 'A')]],
      right: ['sum(h<A, l<A) x[A*h + h]'],
      rightSteps: [[rename({ l: 'h' })]],
    },
    twin: {
      leftSteps: [[split('v', 'v<A, l<A', 'A', 'A')]],
      right: ['sum(h<A, l<A) x[A*h + l]'],
      rightSteps: [[rename({ h: 'v' })]],
    },
  },
  {
    name: 'split: the index is free, not bound',
    code: 'no-such-part',
    forged: {
      parameters: 'A, B',
      assume: ['A', 'B'],
      free: 'v<A*B',
      left: ['x[v]'],
      leftSteps: [[split('v', 'h<A, l<B', 'A', 'B')]],
      right: ['sum(h<A, l<B) x[B*h + l]'],
    },
    twin: { free: '', left: ['sum(v<A*B) x[v]'] },
  },
];
