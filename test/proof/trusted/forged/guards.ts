/** A guard is as good as none where the rest of the term implies it: both of its halves are to be shown. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { add, drop } = steps;

export const guardCases: readonly Forged[] = [
  {
    name: 'drop: the upper half of a range is not shown',
    code: 'not-shown',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[drop(0, 'e', '')]],
      right: ['x[e]'],
    },
    twin: { assume: ['N - M'], leftSteps: [[drop(0, 'e', 'N - M ; M - 1 - e')]] },
  },
  {
    name: 'drop: the lower half of a range is not shown',
    code: 'not-shown',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[0 <= e - 1 < M] x[e]'],
      leftSteps: [[drop(0, '', 'M - 1 - e ; 1')]],
      right: ['x[e]'],
    },
    twin: {
      left: ['[0 <= e + 1 < M + 1] x[e]'],
      leftSteps: [[drop(0, 'e ; 1', 'M - 1 - e')]],
    },
  },
  {
    name: 'drop: an equation of which zero >= 0 alone is shown',
    code: 'not-shown',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[e = 0] x[e]'],
      leftSteps: [[drop(0, 'e', '')]],
      right: ['x[e]'],
    },
    twin: {
      left: ['[0 <= e < 1] [e = 0] x[e]'],
      leftSteps: [[drop(1, 'e', '-e')]],
      right: ['[0 <= e < 1] x[e]'],
    },
  },
  {
    name: 'drop: an equation of which zero <= 0 alone is shown',
    code: 'not-shown',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[e - M + 1 = 0] x[e]'],
      leftSteps: [[drop(0, '', 'M - 1 - e')]],
      right: ['x[e]'],
    },
    twin: {
      left: ['[0 <= M - 1 - e < 1] [e - M + 1 = 0] x[e]'],
      leftSteps: [[drop(1, 'e - M + 1', 'M - 1 - e')]],
      right: ['[0 <= M - 1 - e < 1] x[e]'],
    },
  },
  {
    name: 'drop: the evidence is the guard that is dropped',
    code: 'unknown-fact',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[drop(0, 'e', 'N - 1 - e')]],
      right: ['x[e]'],
    },
    twin: { left: ['[0 <= e < N] [0 <= e < N] x[e]'], right: ['[0 <= e < N] x[e]'] },
  },
  {
    name: 'drop: an equation is the evidence for itself',
    code: 'unknown-fact',
    forged: {
      parameters: 'M',
      free: 'e<M, f<M',
      left: ['[e = f] x[e]'],
      leftSteps: [[drop(0, 'e - f', 'f - e')]],
      right: ['x[e]'],
    },
    twin: { left: ['[e = f] [f = e] x[e]'], right: ['[f = e] x[e]'] },
  },
  {
    name: 'drop: another guard than the one that is implied goes',
    code: 'not-shown',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] [0 <= e < M] x[e]'],
      leftSteps: [[drop(0, 'e', 'M - 1 - e')]],
      right: ['[0 <= e < M] x[e]'],
    },
    twin: { leftSteps: [[drop(1, 'e', 'M - 1 - e')]], right: ['[0 <= e < N] x[e]'] },
  },
  {
    name: 'drop: there is no such guard',
    code: 'no-such-part',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[drop(1, '', '')]],
      right: ['x[e]'],
    },
    twin: { left: ['[0 <= e < N] [0 = 0] x[e]'], right: ['[0 <= e < N] x[e]'] },
  },
  {
    name: 'add: the guard is not implied',
    code: 'not-shown',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['x[e]'],
      leftSteps: [[add('0 <= e < N', '', '')]],
      right: ['[0 <= e < N] x[e]'],
    },
    twin: { assume: ['N - M'], leftSteps: [[add('0 <= e < N', 'e', 'N - M ; M - 1 - e')]] },
  },
  {
    name: 'add: the evidence is the guard that is added',
    code: 'unknown-fact',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['x[e]'],
      leftSteps: [[add('0 <= e < N', 'e', 'N - 1 - e')]],
      right: ['[0 <= e < N] x[e]'],
    },
    twin: {
      left: ['[0 <= e < N] x[e]'],
      right: ['[0 <= e < N] [0 <= e < N] x[e]'],
    },
  },
  {
    name: 'add: an equation that holds at one end only',
    code: 'not-shown',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['x[e]'],
      leftSteps: [[add('e = 0', 'e', '')]],
      right: ['[e = 0] x[e]'],
    },
    twin: { free: 'e<1', leftSteps: [[add('e = 0', 'e', '-e')]] },
  },
  {
    name: 'add: the other guards are lost',
    code: 'sides-differ',
    forged: {
      parameters: 'N, M',
      free: 'e<M',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[add('0 <= e < M', 'e', 'M - 1 - e')]],
      right: ['[0 <= e < M] x[e]'],
    },
    twin: { right: ['[0 <= e < N] [0 <= e < M] x[e]'] },
  },
];
