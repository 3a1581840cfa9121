/** c times the sum of r h over n >= 0 indices that h does not mention is c' h, if r k = 1 and c n = c' k. */
import { steps } from '../read.js';
import type { Forged } from './case.js';

const { unit } = steps;

/** r is 1/N, and the N values of v are alike. */
const mean = {
  parameters: 'N',
  assume: ['N'],
  tensors: { r: 0 },
  units: { r: 'N' },
  left: ['sum(v<N) r[] x[0]'],
  leftSteps: [[unit(0, 'v', 1, 'N')]],
  right: ['x[0]'],
};

/** r is 1/(N M). */
const plane = {
  ...mean,
  parameters: 'N, M',
  assume: ['N', 'M'],
  units: { r: 'N*M' },
  left: ['sum(v<N, w<M) r[] x[0]'],
  leftSteps: [[unit(0, 'v, w', 1, 'N', 'M')]],
};

/** h is 1/2, and what it multiplies is there twice. */
const half = {
  tensors: { h: 0 },
  units: { h: '2' },
  factors: [2],
  left: ['h[] x[0]', 'h[] x[0]'],
  leftSteps: [[unit(0, '', 1)], [unit(0, '', 1)]],
  right: ['x[0]'],
};

export const unitCases: readonly Forged[] = [
  {
    name: 'unit: nothing is known of the tensor',
    code: 'not-shown',
    forged: { ...mean, units: {} },
    twin: { units: mean.units },
  },
  {
    name: 'unit: another atom goes',
    code: 'not-shown',
    forged: { ...mean, leftSteps: [[unit(1, 'v', 1, 'N')]], right: ['r[]'] },
    twin: { leftSteps: mean.leftSteps, right: mean.right },
  },
  {
    name: 'unit: there is no such atom',
    code: 'not-shown',
    forged: { ...mean, left: ['sum(v<N) x[0]'], leftSteps: [[unit(1, 'v', 1, 'N')]] },
    twin: { left: ['sum(v<N) x[0] r[]'] },
  },
  {
    name: 'unit: r is 1 over something else',
    code: 'not-shown',
    forged: { ...mean, parameters: 'N, M', units: { r: 'M' } },
    twin: { units: mean.units },
  },
  {
    name: 'unit: the new coefficient is too large',
    code: 'not-shown',
    forged: { ...mean, leftSteps: [[unit(0, 'v', 2, 'N')]], right: ['2 x[0]'] },
    twin: { left: ['sum(v<2*N) r[] x[0]'], leftSteps: [[unit(0, 'v', 2, '2 | N')]] },
  },
  {
    name: 'unit: the old coefficient is lost',
    code: 'not-shown',
    forged: { ...mean, left: ['3 sum(v<N) r[] x[0]'] },
    twin: { leftSteps: [[unit(0, 'v', 3, 'N')]], right: ['3 x[0]'] },
  },
  {
    name: 'unit: half of an odd number is none',
    code: 'not-shown',
    forged: { ...mean, units: { r: '2' }, left: ['3 r[] x[0]'], leftSteps: [[unit(0, '', 1)]] },
    twin: { left: ['2 r[] x[0]'] },
  },
  {
    name: 'unit: an atom mentions the index',
    code: 'ill-formed-term',
    forged: { ...mean, left: ['sum(v<N) r[] x[v]'] },
    twin: { left: mean.left },
  },
  {
    name: 'unit: a guard mentions the index',
    code: 'ill-formed-term',
    forged: { ...mean, left: ['sum(v<N) [v = 0] r[] x[0]'] },
    twin: { left: mean.left },
  },
  {
    name: 'unit: the number of values may be negative, and then there are none',
    code: 'not-shown',
    forged: { ...mean, assume: [], leftSteps: [[unit(0, 'v', 1, '')]] },
    twin: { assume: mean.assume, leftSteps: mean.leftSteps },
  },
  {
    name: 'unit: the index that goes says that it has values',
    code: 'unknown-fact',
    forged: { ...mean, assume: [], leftSteps: [[unit(0, 'v', 1, 'v ; N - 1 - v ; 1')]] },
    twin: { assume: mean.assume, leftSteps: mean.leftSteps },
  },
  {
    name: 'unit: the first number of values may be negative',
    code: 'not-shown',
    forged: { ...plane, assume: ['M'], leftSteps: [[unit(0, 'v, w', 1, '', 'M')]] },
    twin: { assume: plane.assume, leftSteps: plane.leftSteps },
  },
  {
    name: 'unit: the second number of values may be negative',
    code: 'not-shown',
    forged: { ...plane, assume: ['N'], leftSteps: [[unit(0, 'v, w', 1, 'N', '')]] },
    twin: { assume: plane.assume, leftSteps: plane.leftSteps },
  },
  {
    name: 'unit: both numbers of values may be negative',
    code: 'unknown-fact',
    forged: { ...plane, assume: ['N*M'] },
    twin: { assume: plane.assume },
  },
  {
    name: 'unit: the values of one index alone are counted',
    code: 'not-shown',
    forged: { ...plane, leftSteps: [[unit(0, 'v', 1, 'N')]], right: ['sum(w<M) x[0]'] },
    twin: { leftSteps: plane.leftSteps, right: ['x[0]'] },
  },
  {
    name: 'unit: the values of an index are counted twice',
    code: 'not-shown',
    forged: { ...mean, units: { r: 'N*N' }, leftSteps: [[unit(0, 'v, v', 1, 'N', 'N')]] },
    twin: { units: mean.units, leftSteps: mean.leftSteps },
  },
  {
    name: 'unit: the values of an index are counted that is not there',
    code: 'not-shown',
    forged: { ...mean, units: { r: 'N*N' }, leftSteps: [[unit(0, 'v, w', 1, 'N', 'N')]] },
    twin: { units: mean.units, leftSteps: mean.leftSteps },
  },
  {
    name: 'unit: another bound index is lost',
    code: 'sides-differ',
    forged: { ...plane, units: { r: 'N' }, leftSteps: [[unit(0, 'v', 1, 'N')]] },
    twin: { right: ['sum(w<M) x[0]'] },
  },
  {
    name: 'unit: a guard is lost',
    code: 'sides-differ',
    forged: { ...mean, parameters: 'N, M', left: ['sum(v<N) [0 <= M < 2] r[] x[0]'] },
    twin: { right: ['[0 <= M < 2] x[0]'] },
  },
  {
    name: 'unit: the other of two reciprocals is lost',
    code: 'sides-differ',
    forged: { ...mean, left: ['sum(v<N) r[] r[] x[0]'] },
    twin: { right: ['r[] x[0]'] },
  },
  {
    name: 'units: one has an axis',
    code: 'ill-formed-term',
    forged: { ...mean, units: { y: 'N' }, left: ['sum(v<N) y[0] x[0]'] },
    twin: { units: mean.units, left: mean.left },
  },
  {
    name: 'units: one has the name of a definition',
    code: 'ill-formed-term',
    forged: {
      ...mean,
      units: { q: 'N' },
      definitions: ['q[] := y[0]'],
      left: ['sum(v<N) q[] x[0]'],
    },
    twin: { tensors: { q: 0 }, definitions: [] },
  },
  {
    name: 'units: what one is 1 over mentions an index',
    code: 'ill-formed-term',
    forged: {
      ...mean,
      free: 'n<N',
      units: { r: 'n + 1' },
      left: ['r[] x[n]'],
      leftSteps: [[unit(0, '', 1)]],
      right: ['2 x[n]'],
    },
    twin: { units: { r: '1' }, right: ['x[n]'] },
  },
  {
    name: 'units: a derivative by one, which cannot change',
    code: 'ill-formed-term',
    forged: { ...mean, by: 'r[]', leftSteps: [[]], right: ['sum(v<N) x[0]'] },
    twin: { units: {} },
  },
  {
    name: 'factors: 0, which has no inverse',
    code: 'not-shown',
    forged: { factors: [0], left: ['x[0]'], right: ['y[0]'] },
    twin: { factors: [], right: ['x[0]'] },
  },
  {
    name: 'factors: the second one has no inverse',
    code: 'not-shown',
    forged: { ...half, factors: [2, 0], leftSteps: [[], []], right: ['y[0]'] },
    twin: { factors: [2], leftSteps: half.leftSteps, right: half.right },
  },
  {
    name: 'factors: one that divides what is known not to be negative',
    code: 'not-shown',
    forged: { parameters: 'N', assume: ['2*N'], factors: [2], left: ['x[0]'], right: ['y[0]'] },
    twin: { tensors: { h: 0 }, units: { h: '2*N' }, right: ['x[0]'] },
  },
  {
    name: 'factors: one that divides a part of what a unit is 1 over',
    code: 'not-shown',
    forged: { ...half, parameters: 'N', units: { h: '2*N + 3' }, leftSteps: [[], []] },
    twin: { units: half.units, leftSteps: half.leftSteps },
  },
  {
    name: 'factors: one that does not divide what a unit is 1 over',
    code: 'not-shown',
    forged: { ...half, units: { h: '3' } },
    twin: { units: half.units },
  },
  {
    name: 'factors: the left side alone is multiplied twice',
    code: 'sides-differ',
    forged: {
      ...half,
      factors: [2, 2],
      left: ['2 h[] h[] x[0]', '2 h[] h[] x[0]'],
      leftSteps: [
        [unit(0, '', 4), unit(0, '', 2)],
        [unit(0, '', 4), unit(0, '', 2)],
      ],
      right: ['2 x[0]'],
    },
    twin: { right: ['x[0]'] },
  },
  {
    name: 'check: the witness makes what a unit is 1 over 0',
    code: 'bad-witness',
    forged: { ...mean, assume: ['N', '-N'], witness: { N: 0 } },
    twin: { assume: mean.assume, witness: { N: 1 } },
    vacuous: true,
  },
];
