/** An index of an atom may be any polynomial that equals it wherever the term is not zero. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { index } = steps;

export const indexCases: readonly Forged[] = [
  {
    name: 'index: the new value is not shown to be the old',
    code: 'not-shown',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['x[e]'],
      leftSteps: [[index(0, 0, 'f', '', '')]],
      right: ['x[f]'],
    },
    twin: {
      left: ['[e = f] x[e]'],
      leftSteps: [[index(0, 0, 'f', 'f - e', 'e - f')]],
      right: ['[e = f] x[f]'],
    },
  },
  {
    name: 'index: the new value is only shown not to be smaller',
    code: 'not-shown',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['[0 <= f - e < N] x[e]'],
      leftSteps: [[index(0, 0, 'f', 'f - e', '')]],
      right: ['[0 <= f - e < N] x[f]'],
    },
    twin: {
      left: ['[0 <= f - e < 1] x[e]'],
      leftSteps: [[index(0, 0, 'f', 'f - e', 'e - f')]],
      right: ['[0 <= f - e < 1] x[f]'],
    },
  },
  {
    name: 'index: the new value is only shown not to be larger',
    code: 'not-shown',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['[0 <= e - f < N] x[e]'],
      leftSteps: [[index(0, 0, 'f', '', 'e - f')]],
      right: ['[0 <= e - f < N] x[f]'],
    },
    twin: {
      left: ['[0 <= e - f < 1] x[e]'],
      leftSteps: [[index(0, 0, 'f', 'f - e', 'e - f')]],
      right: ['[0 <= e - f < 1] x[f]'],
    },
  },
  {
    name: 'index: another axis changes',
    code: 'sides-differ',
    forged: {
      parameters: 'N',
      tensors: { w: 2 },
      free: 'e<N, f<N, g<N',
      left: ['[e = f] w[e, g]'],
      leftSteps: [[index(0, 0, 'f', 'f - e', 'e - f')]],
      right: ['[e = f] w[e, f]'],
    },
    twin: { right: ['[e = f] w[f, g]'] },
  },
  {
    name: 'index: there is no such atom',
    code: 'no-such-part',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['x[e]'],
      leftSteps: [[index(1, 0, 'f', '', '')]],
      right: ['x[f]'],
    },
    twin: { leftSteps: [[index(0, 0, 'e', '', '')]], right: ['x[e]'] },
  },
  {
    name: 'index: there is no such axis',
    code: 'no-such-part',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['x[e]'],
      leftSteps: [[index(0, 1, 'f', '', '')]],
      right: ['x[f]'],
    },
    twin: { leftSteps: [[index(0, 0, 'e', '', '')]], right: ['x[e]'] },
  },
];
