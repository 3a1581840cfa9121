/** A term whose guards contradict each other is zero. */
import type { Step } from '../../../../src/proof/trusted/rules.js';
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { vanish } = steps;

/** As a caller without types might write it. */
const unknown: Step = JSON.parse('{"rule":"nonsense"}');

export const vanishCases: readonly Forged[] = [
  {
    name: 'vanish: by a rule that is none',
    code: 'unknown-rule',
    forged: { left: ['x[0]'], leftSteps: [[unknown]], right: [] },
    twin: { leftSteps: [[]], right: ['x[0]'] },
  },
  {
    name: 'vanish: no contradiction is shown',
    code: 'not-shown',
    forged: {
      parameters: 'N',
      free: 'e<N',
      left: ['[0 <= e - 1 < N] x[e]'],
      leftSteps: [[vanish('')]],
      right: [],
    },
    twin: { left: ['[0 <= -e - 1 < N] x[e]'], leftSteps: [[vanish('e ; -e - 1')]] },
  },
  {
    name: 'vanish: the guards go together',
    code: 'not-shown',
    forged: {
      parameters: 'N',
      free: 'e<N, f<N',
      left: ['[e = f] [0 <= e - f < 1] x[e]'],
      leftSteps: [[vanish('e - f ; f - e')]],
      right: [],
    },
    twin: {
      left: ['[e = f] [0 <= e - f - 1 < N] x[e]'],
      leftSteps: [[vanish('e - f - 1 ; f - e')]],
    },
  },
  {
    name: 'vanish: an empty sum is another than the one that is gone',
    code: 'unknown-fact',
    forged: {
      parameters: 'N, M',
      left: ['sum(v<N) x[v]'],
      leftSteps: [[vanish('v ; -v - 1')]],
      right: [],
    },
    twin: { left: ['sum(v<0) x[v]'] },
  },
  {
    name: 'vanish: a step follows',
    code: 'wrong-steps',
    forged: {
      left: ['[1 = 0] x[0]', 'x[0]'],
      leftSteps: [[vanish('-1'), vanish('-1')], []],
      right: ['x[1]'],
    },
    twin: { leftSteps: [[vanish('-1')], []], right: ['x[0]'] },
  },
];
