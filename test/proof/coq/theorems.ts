/** Theorems to export: written by hand, with awkward names, and from a record. */
import type { ProvedTheorem } from '../../../src/proof/coq/file.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { findProof } from '../../../src/proof/search/find-proof.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import { check } from '../../../src/proof/trusted/check.js';
import { sidesOf } from '../../../src/proof/trusted/statement.js';
import { forgedCases } from '../trusted/forged/all.js';
import { proofOf, type Sketch, statementOf, steps } from '../trusted/read.js';

export function proved(id: string, sketch: Sketch): ProvedTheorem {
  const statement = statementOf(sketch);
  const theorem = { id, operator: null, wrt: null, claim: 'by "hand" (* *)', statement };
  return { theorem, proof: proofOf(sketch, sidesOf(statement)) };
}

/** d/dx[m] of the sum of x[i] x[i] is 2 x[m]. */
export const square: Sketch = {
  parameters: 'N',
  free: 'm<N',
  left: ['sum(i<N) x[i] x[i]'],
  by: 'x[m]',
  right: ['2 x[m]'],
  leftSteps: [
    [steps.eliminate('i'), steps.drop(0, 'm', 'N - m - 1')],
    [steps.eliminate('i'), steps.drop(0, 'm', 'N - m - 1')],
  ],
};

/** The cells of x past the stride's multiples, put back where they came from. */
export const stuffing: Sketch = {
  parameters: 'P, s',
  assume: ['s - 1'],
  definitions: ['stuffed[i<P] := sum(p<P) [i = p*s] y[p]'],
  left: ['sum(i<P*s) x[i] stuffed[i]'],
  right: ['sum(p<P) x[p*s] y[p]'],
  leftSteps: [
    [steps.eliminate('i'), steps.drop(0, 'p | s - 1 ; p', 'P - p - 1 | s - 1 ; P - p - 1 ; s - 1')],
  ],
};

/** Every name is one that Coq or the prelude has a use for, or stands for two things. */
export const awkward: Sketch = {
  parameters: 'sum, fun, ix1, x, S',
  tensors: { when: 2, carrier: 0, sum: 1 },
  definitions: ['in[R<sum, h1<fun] := sum(Z<sum) when[R, h1 - Z] carrier[] & -2 sum[h1]'],
  free: "sum'<sum, range1<fun",
  left: ["in[sum', range1]"],
  right: ["sum(S'<sum) when[sum', range1 - S'] carrier[]", '-2 sum[range1]'],
  rightSteps: [[steps.rename({ "S'": 'Z' })], []],
  witness: { sum: 2, fun: 2, ix1: -1, x: 0, S: 1 },
};

/** Half of what is the mean of equal cells and the cell itself, written with 1/(N M) and 1/2. */
export const halves: Sketch = {
  parameters: 'N, M',
  assume: ['N', 'M'],
  tensors: { r: 0, unit1: 0 },
  units: { r: 'N*M', unit1: '2' },
  free: 'k<N',
  factors: [2],
  left: ['-3 sum(m<M, n<N) r[] unit1[] x[k]', 'unit1[] x[k]', '4 x[k]'],
  leftSteps: [[steps.unit(0, 'n, m', -6, 'M', 'N'), steps.unit(0, '', -3)], [steps.unit(0, '', 1)], []],
  right: ['3 x[k]'],
  witness: { N: 2, M: 3 },
};

/** Two indices change names with each other. */
export const swapped: Sketch = {
  parameters: 'N',
  left: ['sum(a<N, b<N) x[a] y[b]'],
  right: ['sum(b<N, a<N) x[b] y[a]'],
  rightSteps: [[steps.rename({ a: 'b', b: 'a' })]],
};

/** Indices and conditions with coefficients, with minus signs alone, and constant. */
export const coefficients: Sketch = {
  parameters: 'N, M',
  assume: ['3*N - 2*M', '2*M - 3*N', 'N - 2'],
  tensors: { u: 2 },
  definitions: [
    'd[i<2*N] := sum(q<N) [0 <= 3*i - 2*q*N + 1 < 5*N] [2*i - q = 4] x[2*i - 3*q] & -3 [-2*i = 0] u[-4*i, -5] & y[-i - 2*N]',
  ],
  free: 'm<N',
  left: ['-2 d[m] d[2*m - 3]'],
  right: ['-2 d[2*m - 3] d[m]'],
  rightSteps: [[steps.rename({ q: "q'", "q'": 'q' })], [], [], [], [], [], [], [], []],
  witness: { N: 4, M: 6 },
};

/** Hand-written proofs, each step of which needs its premise: some of every rule. */
export const twins = forgedCases
  .filter((_, k) => k % 6 === 0)
  .map(({ name, forged, twin }) => proved(name, { ...forged, ...twin }));

/** Theorems of a record, as the prover proves them. */
export function fromRecord(name: string): ProvedTheorem[] {
  return operatorTheorems(name, { modes: { convention: 'correlation' } }).map(theorem => {
    const found = findProof(theorem.statement);
    const witness = findWitness(theorem.statement);
    if (found.kind !== 'found' || !witness) throw new Error(`${theorem.id} has no proof`);
    const { factors, left, right } = found;
    const proof = { factors, left, right, witness: witness.values };
    check(theorem.statement, proof);
    return { theorem, proof };
  });
}
