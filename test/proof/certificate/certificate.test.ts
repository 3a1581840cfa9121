import { describe, expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { checkCertificates } from '../../../src/proof/certificate/check.js';
import { readCertificates } from '../../../src/proof/certificate/read.js';
import { writeCertificate } from '../../../src/proof/certificate/write.js';
import { check, keyOf } from '../../../src/proof/trusted/check.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';
import { sidesOf } from '../../../src/proof/trusted/statement.js';
import { forge } from './forge.js';
import { examples, inputGradient } from './proofs.js';

const producer = 'backproof 0.1.0';

/** A statement as plain data, assumptions in no order. */
function plain({ parameters, assume, tensors, definitions, free, left, by, right }: Statement) {
  const text = (_: string, value: unknown) =>
    value instanceof Map ? polynomial.text(value as ReadonlyMap<string, number>) : value;
  const facts = assume.map(polynomial.text).sort();
  return JSON.parse(
    JSON.stringify([parameters, facts, [...tensors], definitions, free, left, by, right], text),
  );
}

describe('round trip', () => {
  test.each(examples())('$id', ({ id, statement, proof }) => {
    check(statement, proof);
    const text = writeCertificate({ id, statement }, proof, producer);
    const [read] = readCertificates(text);
    expect(read!.id).toBe(id);
    expect(plain(read!.statement)).toEqual(plain(statement));
    expect(read!.proof.witness).toEqual(proof.witness);
    const ends = (one: Statement) => {
      const { left, right } = sidesOf(one);
      return [left.map(keyOf), right.map(keyOf)];
    };
    expect(ends(read!.statement)).toEqual(ends(statement));
    const rules = (lists: typeof proof.left) => lists.map(steps => steps.map(step => step.rule).sort());
    expect(rules(read!.proof.left)).toEqual(rules(proof.left));
    expect(rules(read!.proof.right)).toEqual(rules(proof.right));
    expect(checkCertificates(text)).toMatchObject([{ verdict: 'PROVED', id }]);
    expect(writeCertificate(read!, read!.proof, producer)).toBe(text);
  });

  test('several certificates make a JSON array, blanks change nothing', () => {
    const texts = examples().map(one => writeCertificate(one, one.proof, producer));
    const pretty = JSON.stringify(
      texts.map(text => JSON.parse(text)),
      null,
      2,
    );
    expect(checkCertificates(pretty).map(({ verdict }) => verdict)).toEqual(texts.map(() => 'PROVED'));
  });

  test('3-d convolution takes less than 2 KB, with each step written once for its three axes', () => {
    const { id, statement, proof } = inputGradient(3);
    const text = writeCertificate({ id, statement }, proof, producer);
    expect(text.length).toBeLessThan(1500);
    const { steps } = JSON.parse(text);
    expect(steps.left).toHaveLength(1);
    expect(steps.left[0]).toHaveLength(5);
    expect(steps.right[0]).toHaveLength(3);
    expect(steps.right[0][0]).toBe('eliminate v@');
  });

  test('assumptions are told by number, ranges as ranges, equal values once', () => {
    const text = forge({
      statement: {
        axes: '2',
        parameters: ['N>=0', 'L@'],
        assume: ['2*N-1>=0', 'L@+3*N-4>=0'],
        left: '[0<=n<N]x[n]',
        right: 'x[n]',
      },
      steps: { left: [['drop 0: n<N', 'add [0<=L@+3*N-4<L@+3*N-3]: #1_@;0', 'drop 0: #1_@;0']], right: [[]] },
      witness: { N: '2', 'L@': '3' },
    });
    expect(checkCertificates(text)).toMatchObject([{ verdict: 'PROVED' }]);
    const [read] = readCertificates(text);
    expect([...read!.proof.witness.values()]).toEqual([2, 3, 3]);
    const { steps, witness } = JSON.parse(writeCertificate(read!, read!.proof));
    expect(steps.left).toEqual(JSON.parse(text).steps.left);
    expect(witness).toEqual({ N: '2', 'L@': '3' });
  });

  test('places that move with the axis', () => {
    const names = ['N', 'L1', 'L2', 'L3'];
    const text = forge({
      statement: {
        axes: '3',
        parameters: ['N,L@>=0'],
        tensors: { x: '4' },
        free: 'n<N,p@<L@',
        left: 'x[n,p@]',
        right: 'x[n,p@]',
      },
      steps: { left: [['index 0.@ p@: 0;0']], right: [['index 0.@+0 p@: 0;0']] },
      witness: Object.fromEntries(names.map(name => [name, '2'])),
    });
    expect(checkCertificates(text)).toMatchObject([{ verdict: 'PROVED' }]);
    const [read] = readCertificates(text);
    expect(writeCertificate(read!, read!.proof)).toContain('"index 0.@ p@: 0;0"');
  });
});
