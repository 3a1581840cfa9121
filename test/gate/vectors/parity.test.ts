/** Every operator has its pinned file. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writeVectors } from '../../../src/gate/index.js';
import { scenariosOf } from '../../../src/gate/vectors/scenarios.js';
import { generateVectors } from '../../../src/gate/vectors.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { pinned, pinnedFolder, pinnedOperators, pinnedPath, pinnedText, precision } from './cases.js';

const HINT = 'UPDATE_VECTORS=1 npx vitest run --dir test gate/vectors/parity writes what is missing or stale';

/** Three-dimensional tensors are long. */
const countOf = (op: string) => Math.min(scenariosOf(operatorNamed(op)).length, op.endsWith('3d') ? 8 : 15);

const isGenerated = (line: string) => JSON.parse(line).source.startsWith('backproof vectors');

const generated = (op: string, count: number) =>
  writeVectors([...generateVectors(op, { count, seed: 1 }, precision)]);

const linesOf = (op: string) => (existsSync(pinnedPath(op)) ? pinnedText(op).split('\n').slice(0, -1) : []);

test('there is a file for every operator, and no other', () => {
  if (process.env.UPDATE_VECTORS) return;
  expect(readdirSync(pinnedFolder).sort(), HINT).toEqual(pinnedOperators.map(op => `${op}.jsonl`).sort());
});

describe.each(pinnedOperators)('%s', op => {
  test('one case for each scenario, as they are generated now', () => {
    const others = linesOf(op).filter(line => !isGenerated(line));
    if (process.env.UPDATE_VECTORS) {
      const kept = others.map(line => `${line}\n`).join('');
      writeFileSync(pinnedPath(op), generated(op, countOf(op)) + kept);
      return;
    }
    const own = linesOf(op).filter(isGenerated);
    expect(own.length, HINT).toBe(countOf(op));
    expect(own.slice(0, 2).join('\n'), HINT).toBe(generated(op, 2).trimEnd());
  });

  test('what others made says where it is from', () => {
    for (const { source, comment, flags, id } of pinned(op)) {
      expect(Math.min(source.length, comment.length, flags.length), id).toBeGreaterThan(0);
    }
  });
});
