/** Certificates of what the prover finds for the registry's convolutions. */
import { describe, expect, test } from 'vitest';
import { checkCertificates } from '../../../src/proof/certificate/check.js';
import { writeCertificate } from '../../../src/proof/certificate/write.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { findProof } from '../../../src/proof/search/find-proof.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';

function proofOf(statement: Statement) {
  const found = findProof(statement);
  if (found.kind !== 'found') throw new Error('no proof');
  const { factors, left, right } = found;
  return { factors, left, right, witness: findWitness(statement)!.values };
}

const theorems = ['conv1d', 'conv2d', 'conv3d'].flatMap(name => operatorTheorems(name));

describe.each(theorems)('$id', theorem => {
  const proof = proofOf(theorem.statement);
  const text = writeCertificate(theorem, proof, 'backproof 0.1.0');

  test('is proved by its certificate alone, and by nothing else', () => {
    expect(checkCertificates(text)).toMatchObject([{ verdict: 'PROVED', id: theorem.id }]);
    const { steps, ...rest } = JSON.parse(text);
    const mutilated = (side: 'left' | 'right') => ({ ...steps, [side]: steps[side].map(() => []) });
    const sides = (['left', 'right'] as const).filter(side => steps[side].flat().length > 0);
    for (const side of sides)
      expect(checkCertificates(JSON.stringify({ ...rest, steps: mutilated(side) }))[0]!.verdict).toBe(
        'REJECTED',
      );
  });

  test('takes about 2 KB', () => {
    expect(text.length).toBeLessThanOrEqual(/^conv.d\/.$/.test(theorem.id) ? 2048 : 2304);
  });
});
