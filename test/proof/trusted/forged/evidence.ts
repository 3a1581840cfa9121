/** A sum of products of facts that is the claim itself, or -1: naturals, known facts, the claim's negation. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { drop, vanish } = steps;

/** [0 <= e < N] x[e] = x[e] for 0 <= e < M, which holds for M <= N only. */
const rangeDropped = {
  parameters: 'N, M',
  free: 'e<M',
  left: ['[0 <= e < N] x[e]'],
  right: ['x[e]'],
};

export const evidenceCases: readonly Forged[] = [
  {
    name: 'evidence: a fact times a negative number',
    code: 'unknown-fact',
    forged: {
      ...rangeDropped,
      assume: ['N - 1'],
      leftSteps: [[drop(0, 'e', '-1 | e ; N - 1')]],
    },
    twin: { assume: ['N - M'], leftSteps: [[drop(0, 'e', '1 | N - M ; M - 1 - e')]] },
  },
  {
    name: 'evidence: a negative number by itself',
    code: 'unknown-fact',
    forged: { left: ['x[0]'], leftSteps: [[vanish('-1')]], right: [] },
    twin: { left: ['[1 = 0] x[0]'], leftSteps: [[vanish('-1')]] },
  },
  {
    name: 'evidence: what nobody has said',
    code: 'unknown-fact',
    forged: { ...rangeDropped, leftSteps: [[drop(0, 'e', 'N - M ; M - 1 - e')]] },
    twin: { assume: ['N - M'] },
  },
  {
    name: 'evidence: a fact that is 1 too strong',
    code: 'unknown-fact',
    forged: {
      parameters: 'N',
      free: 'e<N + 1',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[drop(0, 'e', 'N - 1 - e')]],
      right: ['x[e]'],
    },
    twin: { free: 'e<N' },
  },
  {
    name: 'evidence: a product with one unknown factor',
    code: 'unknown-fact',
    forged: {
      parameters: 'N, M',
      assume: ['N'],
      free: 'e<M',
      left: ['[0 <= N*e - N*M < 1] x[e]'],
      leftSteps: [[drop(0, 'N | e - M', 'N | M - 1 - e ; N')]],
      right: ['x[e]'],
    },
    twin: {
      left: ['[0 <= N*e < N*M + 1] x[e]'],
      leftSteps: [[drop(0, 'N | e', 'N | M - 1 - e ; N')]],
    },
  },
  {
    name: 'evidence: the claim itself',
    code: 'unknown-fact',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[0 <= e - 1 < M] x[e]'],
      leftSteps: [[drop(0, 'e - 1', 'M - 1 - e ; 1')]],
      right: ['x[e]'],
    },
    twin: { left: ['[0 <= e < M] x[e]'], leftSteps: [[drop(0, 'e', 'M - 1 - e')]] },
  },
  {
    name: 'evidence: the negation of a fact',
    code: 'unknown-fact',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[0 <= -e < 1] x[e]'],
      leftSteps: [[drop(0, '-e', 'e')]],
      right: ['x[e]'],
    },
    twin: { free: 'e<1' },
  },
  {
    name: 'evidence: the negation of the claim, 1 too strong',
    code: 'unknown-fact',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[0 <= e - 1 < M] x[e]'],
      leftSteps: [[drop(0, 'e ; -e - 1', 'M - 1 - e ; 1')]],
      right: ['x[e]'],
    },
    // From 2*a - 1 >= 0 follows a >= 1: -a >= 0, twice, would make it -1.
    twin: {
      parameters: 'a, M',
      assume: ['2*a - 1'],
      left: ['[0 <= a - 1 < a] x[e]'],
      leftSteps: [[drop(0, '2 | -a ; 2*a - 1', '')]],
    },
  },
  {
    name: 'evidence: the negation of another claim',
    code: 'unknown-fact',
    forged: {
      ...rangeDropped,
      leftSteps: [[drop(0, 'e', '-e - 1 ; e')]],
    },
    twin: { assume: ['N - M'], leftSteps: [[drop(0, '-e - 1 ; e', 'N - M ; M - 1 - e')]] },
  },
  {
    name: 'evidence: facts that add up to more than the claim',
    code: 'not-shown',
    forged: {
      parameters: 'N',
      free: 'e<N + 1',
      left: ['[0 <= e < N] x[e]'],
      leftSteps: [[drop(0, 'e', 'N - e')]],
      right: ['x[e]'],
    },
    twin: { free: 'e<N', leftSteps: [[drop(0, 'e', 'N - 1 - e')]] },
  },
  {
    name: 'evidence: a sum of 1 is no contradiction',
    code: 'not-shown',
    forged: { left: ['x[0]'], leftSteps: [[vanish('1')]], right: [] },
    twin: { left: ['[0 <= 1 < 1] x[0]'], leftSteps: [[vanish('-1')]] },
  },
  {
    name: 'evidence: a sum of 0 is no contradiction',
    code: 'not-shown',
    forged: { left: ['x[0]'], leftSteps: [[vanish('0')]], right: [] },
    twin: { left: ['[0 <= -1 < 1] x[0]'], leftSteps: [[vanish('-1')]] },
  },
  {
    name: 'evidence: the product of two facts is not one of them',
    code: 'not-shown',
    forged: {
      parameters: 'N, M',
      assume: ['N - 1', 'M'],
      free: 'e<M',
      left: ['[0 <= e < N*M - M] x[e]'],
      leftSteps: [[drop(0, 'e', 'N - 1 | M - 1 - e')]],
      right: ['x[e]'],
    },
    twin: {
      left: ['[0 <= N*M - N - N*e - M + 1 + e < N*M - N - N*e - M + 2 + e] x[e]'],
      leftSteps: [[drop(0, 'N - 1 | M - 1 - e', '')]],
    },
  },
  {
    name: 'evidence: another claim is shown',
    code: 'not-shown',
    forged: { ...rangeDropped, leftSteps: [[drop(0, 'e', 'e')]] },
    twin: { free: 'e<N', leftSteps: [[drop(0, 'e', 'N - 1 - e')]] },
  },
  {
    name: 'evidence: an extent n gives v < n, not v < n - 1',
    code: 'unknown-fact',
    forged: {
      parameters: 'N',
      left: ['sum(v<N) [0 <= v < N - 1] x[v]'],
      leftSteps: [[drop(0, 'v', 'N - 2 - v')]],
      right: ['sum(v<N) x[v]'],
    },
    twin: { left: ['sum(v<N) [0 <= v < N] x[v]'], leftSteps: [[drop(0, 'v', 'N - 1 - v')]] },
  },
  {
    name: 'evidence: a parameter has no sign of its own',
    code: 'unknown-fact',
    forged: {
      parameters: 'a',
      left: ['[0 <= a < a + 1] x[0]'],
      leftSteps: [[drop(0, 'a', '')]],
      right: ['x[0]'],
    },
    twin: { assume: ['a'] },
  },
  {
    name: 'evidence: the claim is shown, then something is added',
    code: 'not-shown',
    forged: {
      parameters: 'M',
      free: 'e<M',
      left: ['[0 <= e - 1 < M] x[e]'],
      leftSteps: [[drop(0, 'e ; 0', 'M - 1 - e ; 1')]],
      right: ['x[e]'],
    },
    twin: { left: ['[0 <= e < M + 1] x[e]'], leftSteps: [[drop(0, 'e ; 0', 'M - 1 - e ; 1')]] },
  },
];
