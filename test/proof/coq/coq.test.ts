/** Exported theorems: what a reader finds in them, and what Coq says. */
import { describe, expect, test } from 'vitest';
import { coqFile } from '../../../src/proof/coq/file.js';
import { findCoqc, replay } from '../../../src/proof/coq/replay.js';
import { awkward, fromRecord, proved, square, stuffing, swapped, twins } from './theorems.js';
import { valuesModule } from './values.js';

const TIME = 120_000;
const lines = (text: string) => text.split('\n').map(line => line.trim());

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
      const byHand = [square, stuffing, awkward, swapped].map((sketch, k) => proved(`hand/${k}`, sketch));
      const all = [...record, ...byHand, ...twins];
      const text = coqFile(all);
      const values = valuesModule(record[0]!, 'conv1d_x', text);
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
