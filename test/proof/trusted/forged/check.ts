/** A proof as a whole: a list of steps for each term, and a witness that the statement speaks of something. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { vanish } = steps;

/** Two different tensors are equal, by a contradiction between the assumptions. */
const vacuous = (assume: readonly string[], shown: string, witness: Record<string, number>) => ({
  parameters: 'N',
  assume,
  left: ['x[0]'],
  leftSteps: [[vanish(shown)]],
  right: ['y[0]'],
  rightSteps: [[vanish(shown)]],
  witness,
});

const plain = { left: ['x[0]'], leftSteps: [[]], right: ['x[0]'], rightSteps: [[]] };

export const checkCases: readonly Forged[] = [
  {
    name: 'check: fewer step lists than terms',
    code: 'wrong-steps',
    forged: { left: ['x[0]'], right: ['x[0]', 'y[0]'], rightSteps: [[]] },
    twin: { left: ['x[0]', 'y[0]'], rightSteps: [[], []] },
  },
  {
    name: 'check: fewer step lists than terms on the left',
    code: 'wrong-steps',
    forged: { left: ['x[0]', 'y[0]'], leftSteps: [[]], right: ['x[0]'] },
    twin: { leftSteps: [[], []], right: ['x[0]', 'y[0]'] },
  },
  {
    name: 'check: more step lists than terms',
    code: 'wrong-steps',
    forged: { left: ['x[0]'], right: ['y[0]'], rightSteps: [[], []] },
    twin: { right: ['x[0]'], rightSteps: [[]] },
  },
  {
    name: 'check: the witness violates an assumption',
    code: 'bad-witness',
    forged: vacuous(['N - 1', '-N'], 'N - 1 ; -N', { N: 0 }),
    twin: { assume: ['N - 1'], ...plain, witness: { N: 1 } },
    vacuous: true,
  },
  {
    name: 'check: the witness violates the last assumption',
    code: 'bad-witness',
    forged: vacuous(['N - 1', '-N'], 'N - 1 ; -N', { N: 1 }),
    twin: { assume: ['-N'], ...plain, witness: { N: 0 } },
    vacuous: true,
  },
  {
    name: 'check: the witness has no value for a parameter',
    code: 'bad-witness',
    forged: vacuous(['N - 1', '-N'], 'N - 1 ; -N', {}),
    twin: { assume: ['N - 1'], ...plain, witness: { N: 1 } },
    vacuous: true,
  },
  {
    name: 'check: the witness leaves a free index empty',
    code: 'bad-witness',
    forged: {
      parameters: 'N',
      assume: ['-N'],
      free: 'e<N',
      left: ['x[e]'],
      leftSteps: [[vanish('-N ; N - 1 - e ; e')]],
      right: ['y[e]'],
      rightSteps: [[vanish('-N ; N - 1 - e ; e')]],
      witness: { N: 0 },
    },
    twin: {
      assume: [],
      ...plain,
      witness: { N: 1 },
    },
    vacuous: true,
  },
  {
    name: 'check: the witness leaves a free index without a value for its extent',
    code: 'bad-witness',
    forged: {
      parameters: 'N',
      assume: ['-N'],
      free: 'e<N',
      left: ['x[e]'],
      leftSteps: [[vanish('-N ; N - 1 - e ; e')]],
      right: ['y[e]'],
      rightSteps: [[vanish('-N ; N - 1 - e ; e')]],
      witness: {},
    },
    twin: { assume: ['N'], ...plain, witness: { N: 2 } },
    vacuous: true,
  },
];
