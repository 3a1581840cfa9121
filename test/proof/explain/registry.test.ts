/** Explanations of what the prover finds for the registry's convolutions. */
import temml from 'temml';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/proof/explain/explain.js';
import { findWitness } from '../../../src/proof/refute/witness.js';
import { findProof } from '../../../src/proof/search/find-proof.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';

describe.each(['conv1d', 'conv2d', 'conv3d'].flatMap(name => operatorTheorems(name)))('$id', theorem => {
  const found = findProof(theorem.statement);
  if (found.kind !== 'found') throw new Error('no proof');
  const witness = findWitness(theorem.statement)!.values;
  const { factors, left, right } = found;
  const proof = { factors, left, right, witness };

  test('reads in lines of at most 100 columns, and not many of them', () => {
    const lines = explain(theorem, proof, 'plain').split('\n');
    expect(lines.filter(line => line.length > 100)).toEqual([]);
    expect(lines.length).toBeLessThan(220);
  });

  test('renders as LaTeX', () => {
    const text = explain(theorem, proof, 'latex');
    const displays = text.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g)!;
    const inline = displays.reduce((rest, one) => rest.replace(one, ''), text).match(/\$[^$]+\$/g)!;
    for (const formula of [...displays, ...inline.map(one => one.slice(1, -1))])
      expect(temml.renderToString(formula, { throwOnError: true, displayMode: true })).toContain('<math');
  });
});
