/** Exported theorems: what a reader finds in them, and what Coq says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { coqFile } from '../../../src/proof/coq/file.js';
import { findCoqc, replay } from '../../../src/proof/coq/replay.js';
import {
  awkward,
  coefficients,
  fromRecord,
  halves,
  proved,
  square,
  stuffing,
  swapped,
  twins,
} from './theorems.js';
import { valuesModule } from './values.js';

const TIME = 120_000;
const lines = (text: string) =>
  text
    .slice(text.indexOf('Module '))
    .split('\n')
    .map(line => line.trim());

describe('the text of an export', () => {
  test('states a derivative for every derivation', () => {
    expect(lines(coqFile([proved('sum/square', square)]))).toEqual(
      expect.arrayContaining([
        'Module sum_square.',
        'Variable x : Z -> carrier.',
        'forall m : Z, 0 <= m < N ->',
        'forall partial, derivation partial ->',
        '(forall ix1, partial (x ix1) = when (ix1 =? m) (one)) ->',
        '(forall ix1, partial (y ix1) = zero) ->',
        'partial (sum N (fun i => x i [*] x i))',
        '= of_Z (2) [*] (x m).',
        'Print Assumptions all_statements.',
      ]),
    );
  });

  test('has definitions as they were written, and assumptions without minus signs', () => {
    expect(lines(coqFile([proved('stuffing', stuffing)]))).toEqual(
      expect.arrayContaining([
        'Variables P s : Z.',
        'Hypothesis h1 : 1 <= s.',
        'Definition stuffed (i : Z) : carrier :=',
        'sum P (fun p => when (i =? p * s) (y p)).',
        'sum (P * s) (fun i => x i [*] stuffed i)',
        '= sum P (fun p => x (p * s) [*] y p).',
        'Example satisfiable : exists P s : Z,',
        '1 <= s.',
        'Proof. exists (3), (3). repeat split; lia. Qed.',
      ]),
    );
  });

  test('has coefficients, and equalities where two assumptions say so', () => {
    expect(lines(coqFile([proved('coefficients', coefficients)]))).toEqual(
      expect.arrayContaining([
        'Hypothesis h1 : 3 * N = 2 * M.',
        'Hypothesis h2 : 2 <= N.',
        'sum N (fun q =>',
        'when (inside (3 * i + 1 - 2 * N * q) (5 * N)) (',
        'when (2 * i =? q + 4) (',
        'x (2 * i - 3 * q))))',
        '[+] of_Z (-3) [*] (when (0 =? 2 * i) (u (- (4 * i)) (- 5)))',
        '[+] y (- i - 2 * N).',
        '3 * N = 2 * M /\\ 2 <= N /\\ 1 <= N.',
      ]),
    );
  });

  test('names reciprocals by what they undo, and gives their own names way', () => {
    expect(lines(coqFile([proved('halves', halves)]))).toEqual(
      expect.arrayContaining([
        'Variable r : carrier.',
        'Variable unit1_ : carrier.',
        'Hypothesis unit1 : r [*] of_Z (M * N) = one.',
        'Hypothesis unit2 : unit1_ [*] of_Z (2) = one.',
        '0 <= N /\\ 0 <= M /\\ 1 <= N /\\ 1 <= M * N /\\ 1 <= 2.',
      ]),
    );
  });

  test('gives names that Coq has a use for another form, and equal modules a number', () => {
    const text = coqFile([proved('1/a', awkward), proved('1_a', awkward)]);
    expect(lines(text)).toEqual(
      expect.arrayContaining(['Module m1_a.', 'Module m1_a_2.', 'Variables sum_ fun_ ix1_ x S : Z.']),
    );
    expect(text).toContain("(* 1/a: by 'hand' ( * * ) *)");
  });

  test('of a proof that the checker refuses is none', () => {
    const steps = [square.leftSteps![0]!, [...square.leftSteps![1]!].reverse()];
    expect(() => coqFile([proved('wrong', { ...square, leftSteps: steps })])).toThrow(
      expect.objectContaining({ code: 'not-shown' }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('a program by the name of coqc', () => {
  const text = coqFile([proved('square', square)]);
  const said = async (script: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'backproof-test-'));
    await writeFile(join(folder, 'coqc'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    try {
      return await replay(text, { path: folder });
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test.each([
    ['verifies nothing by the words alone', 'echo Closed under the global context; exit 1', 'failed'],
    ['verifies nothing by its end alone', 'exit 0', 'failed'],
    ['needs both', 'echo Closed under the global context; exit 0', 'verified'],
  ])('%s', async (_, script, status) => expect(await said(script)).toMatchObject({ status }));
});

describe('without coqc', () => {
  test('nothing is verified', async () => {
    expect(findCoqc('')).toBeNull();
    expect(await replay(coqFile([proved('square', square)]), { path: '' })).toEqual({
      status: 'skipped',
      reason: 'coqc not found',
    });
  });
});

describe.skipIf(!findCoqc())('with coqc', () => {
  test(
    'theorems hold, and their definitions are worth what they are by brute force',
    async () => {
      const record = fromRecord('conv1d');
      const byHand = [coefficients, square, stuffing, awkward, swapped, halves].map((sketch, k) =>
        proved(`hand/${k}`, sketch),
      );
      const all = [...record, ...byHand, ...twins];
      const text = coqFile(all);
      const values = [
        valuesModule(record[0]!, 'conv1d_x', text),
        valuesModule(byHand[0]!, 'hand_0', text),
      ].join('');
      expect(await replay(text.replace('Definition all_statements', `${values}$&`))).toMatchObject({
        status: 'verified',
        theorems: all.length,
      });
    },
    TIME,
  );

  test(
    'a false theorem fails',
    async () => {
      const text = coqFile([proved('thrice', { ...square, right: ['3 x[m]'] })]);
      expect(await replay(text)).toMatchObject({
        status: 'failed',
        reason: expect.stringContaining('false'),
      });
    },
    TIME,
  );

  test(
    'a reciprocal that undoes something else fails',
    async () => {
      const text = coqFile([proved('halves', halves)]);
      const changed = text
        .replaceAll('unit1_ [*] of_Z (2)', 'unit1_ [*] of_Z (3)')
        .replaceAll('(5%positive, (eInt 2))', '(5%positive, (eInt 3))');
      expect(changed).not.toBe(text);
      expect(await replay(changed)).toMatchObject({ status: 'failed' });
    },
    TIME,
  );

  const end = 'Definition all_statements :=\n  (@m.statement,\n  tt).\nPrint Assumptions all_statements.\n';
  const theorem = 'Theorem statement :\n  1 = 2.\nProof. apply wrong. Qed.';

  test(
    'a theorem that rests on an axiom fails',
    async () => {
      const text = `Module m.\nAxiom wrong : 1 = 2.\n${theorem}\nEnd m.\n${end}`;
      expect(await replay(text)).toMatchObject({
        status: 'failed',
        reason: expect.stringContaining('wrong'),
      });
    },
    TIME,
  );

  test.each([
    ['no theorem is asked for', 'Print Assumptions nat.\n'],
    [
      'a theorem is not asked for',
      `Module m. Theorem statement : True.\nProof. auto. Qed. End m.\nModule n.\nTheorem statement :\n  True.\nProof. auto. Qed.\nTheorem other : True. Proof. auto. Qed.\nEnd n.\n${end.replace('  (@m.statement,\n  tt)', ' tt')}`,
    ],
  ])(
    'nothing is verified where %s',
    async (_, text) => {
      const reason = 'not every theorem is asked for its axioms';
      expect(await replay(text)).toMatchObject({ status: 'failed', reason });
    },
    TIME,
  );

  test(
    'a run that takes too long is stopped',
    async () => {
      const text = coqFile([proved('square', square)]);
      expect(await replay(text, { seconds: 0.01 })).toMatchObject({
        status: 'failed',
        reason: 'coqc took too long',
      });
    },
    TIME,
  );
});
