import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backproof, withFiles } from './run.js';

const CLAIM = `assume s >= 1, a >= 0
tensor x[L], w[K]
y[p<P] = sum(q<K) [0 <= s*p + q - a < L] x[s*p + q - a]*w[q]
dx[i<L] = sum(p<P, q<K) [s*p + q = i + a] yBar[p]*w[q]
prove gradient of y by x is dx
`;

const theoremsOf = (stdout: string) => JSON.parse(stdout).theorems;

describe('prove for all shapes', () => {
  test('an operator without shapes: each gradient in two forms, domain and assumptions on every one', () => {
    const run = backproof(['prove', 'conv2d', '--wrt', 'input', '--format', 'json']);
    expect(run.code, run.stderr).toBe(0);
    const theorems = theoremsOf(run.stdout);
    expect(theorems.map((theorem: { id: string }) => theorem.id)).toEqual(['conv2d/x', 'conv2d/x/adjoint']);
    const promised = 'assumptions certificate counterexample domain id ms operator residual rung verdict wrt';
    for (const theorem of theorems) {
      expect(Object.keys(theorem).sort().join(' ')).toBe(promised);
      expect(theorem).toMatchObject({ verdict: 'PROVED', rung: 'all-shapes', operator: 'conv2d', wrt: 'x' });
      expect(theorem.domain).toMatch(/^for all integers N, /);
      expect(theorem.assumptions.join('; ')).toContain('P = floor((L + a + b + d - 1 - K*d) / s) + 1');
      expect(theorem.certificate.format).toBe('backproof-certificate/1');
    }
  });

  test('the other convention; several operators', () => {
    const run = backproof(['prove', 'conv1d', 'conv2d', '--convention', 'convolution', '--wrt', 'w']);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('conv1d/w/convolution/adjoint');
    expect(run.stdout).toContain('4 theorems: 4 proved. Rung: all shapes in the domain, where proved.');
  });

  test('a known mistake is refuted by the smallest sizes, with both sides', () => {
    const run = backproof(['prove', 'conv1d', '--mistake', 'lost-remainder']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/counterexample {2}N = 1, L1 = 1, .*s1 = 2, .*b1 = 1/);
    expect(run.stdout).toMatch(/derivative of the definition: {2}w\[0,0,0\]\*yBar\[0,0,0\]\n/);
    expect(run.stdout).toMatch(/claim: {25}0\n/);
    expect(run.stdout).toContain(
      'known mistake: the rows that the stride leaves over are cropped away (lost-remainder)',
    );
  });

  test.each([
    [['prove', 'conv2d', '--stride', '2'], 'bad-parameter'],
    [['prove', 'conv2d', 'conv1d', '--input', '3x3'], 'bad-usage'],
    [['prove', 'conv2d', '--input', '3x3', '--kernel', '2x2', '--coqc'], 'bad-usage'],
    [['prove', 'conv2d', '--check', 'file.json'], 'bad-usage'],
    [['prove', '--claim', 'a.txt', '--check', 'b.json'], 'bad-usage'],
    [['prove', '--stride', '2'], 'bad-usage'],
    [['prove', '--claim', 'no-such-file.txt'], 'missing-file'],
    [['prove', '--check', 'no-such-file.json'], 'missing-file'],
    [['prove', 'conv2d', '--wrt', 'nothing'], 'unknown-input'],
  ])('%j is refused with %s', (args, code) => {
    const run = backproof(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`[${code}]`);
  });
});

describe('a claim of a file', () => {
  test('right, wrong and not decided: 0, 1 and 3', () => {
    const wrong = CLAIM.replace('i + a', 'i');
    const open = 'assume N >= 0, N <= 0 - 1\nu[i<N] = x[i]\nv[i<N] = z[i]\nprove u = v\n';
    withFiles({ 'right.txt': CLAIM, 'wrong.txt': wrong, 'open.txt': open }, folder => {
      const judged = (name: string) =>
        backproof(['prove', '--claim', join(folder, name), '--format', 'json']);
      const [right, refuted, undecided] = ['right.txt', 'wrong.txt', 'open.txt'].map(judged);
      expect([right!.code, refuted!.code, undecided!.code]).toEqual([0, 1, 3]);
      const [theorem] = theoremsOf(refuted!.stdout);
      expect(theorem.counterexample).toMatchObject({
        definition: expect.any(String),
        claim: expect.any(String),
      });
      expect(theorem.counterexample.sizes).toMatchObject({ a: 1 });
      expect(theoremsOf(undecided!.stdout)[0]).toMatchObject({ verdict: 'UNKNOWN', certificate: null });
    });
  });

  test('a theorem about nothing but zeros says so', () => {
    const run = backproof(
      ['prove', '--claim', '-'],
      'u[i<N] = x[i] - x[i]\nv[i<N] = z[i] - z[i]\nprove u = v\n',
    );
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('note    both sides were 0 wherever they were tried');
  });

  test('on standard input; what cannot be read is refused with its line', () => {
    expect(backproof(['prove', '--claim', '-'], CLAIM).code).toBe(0);
    const run = backproof(['prove', '--claim', '-'], CLAIM.replace('sum(q<K)', 'sum(q<)'));
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('line 3');
  });
});

describe('certificates', () => {
  const written = (folder: string) => join(folder, 'proofs.json');

  test('are written, checked again, and rejected once they are changed', () => {
    withFiles({ 'claim.txt': CLAIM }, folder => {
      const claim = join(folder, 'claim.txt');
      expect(backproof(['prove', '--claim', claim, '--certificate', written(folder)]).code).toBe(0);
      const text = readFileSync(written(folder), 'utf8');
      const again = backproof(['prove', '--check', written(folder)]);
      expect(again.code, again.stderr).toBe(0);
      expect(again.stdout).toContain('for all integers');
      expect(again.stdout).toContain('= dx[i]');
      const forged = text.replace('-a+p*s+q<L', '-a+p*s+q<L+1');
      expect(forged).not.toBe(text);
      const rejected = backproof(['prove', '--check', '-', '--format', 'json'], forged);
      expect(rejected.code).toBe(2);
      const [theorem] = theoremsOf(rejected.stdout);
      expect(theorem).toMatchObject({ verdict: 'REJECTED', certificate: null });
      expect(theorem.residual).toContain('[certificate-hash]');
    });
  });

  test('several are an array', () => {
    withFiles({}, folder => {
      const args = ['prove', 'pad', 'crop', '--certificate', written(folder)];
      expect(backproof(args).code).toBe(0);
      expect(JSON.parse(readFileSync(written(folder), 'utf8'))).toHaveLength(12);
      expect(backproof(['prove', '--check', written(folder)]).stdout).toContain('12 theorems: 12 proved.');
    });
  });

  test('nothing proved writes nothing', () => {
    withFiles({ 'wrong.txt': CLAIM.replace('i + a', 'i') }, folder => {
      const args = ['prove', '--claim', join(folder, 'wrong.txt'), '--certificate', written(folder)];
      expect(backproof(args).code).toBe(1);
      expect(existsSync(written(folder))).toBe(false);
    });
  });

  test('no JSON is refused', () => {
    expect(backproof(['prove', '--check', '-'], '{"format":').code).toBe(2);
  });
});

describe('explanations and Coq', () => {
  test.each([
    ['plain', ['Eliminate', 'Σ(']],
    ['md', ['Eliminate', '$$']],
    ['latex', ['Eliminate', '\\sum']],
  ])('the steps are told in %s, with the names of the rules', (form, parts) => {
    const run = backproof(['prove', 'pad', '--explain', form]);
    expect(run.code, run.stderr).toBe(0);
    for (const part of parts) expect(run.stdout).toContain(part);
  });

  test('what is not proved is not passed over in silence', () => {
    const two = `theorem right\n${CLAIM}theorem wrong\n${CLAIM.replace('i + a', 'i')}`;
    const run = backproof(['prove', '--claim', '-', '--explain'], two);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('Both sides have become the same sum');
    expect(run.stderr).toContain('REFUTED: wrong, not explained');
  });

  test('a Coq file is written; without coqc the replay is skipped, never verified', () => {
    withFiles({ 'claim.txt': CLAIM }, folder => {
      const file = join(folder, 'theorems.v');
      const path = process.env.PATH;
      process.env.PATH = folder;
      try {
        const args = ['prove', '--claim', join(folder, 'claim.txt'), '--coq', file, '--coqc'];
        const run = backproof(args);
        expect(run.code).toBe(3);
        expect(run.stderr).toContain('skipped: coqc not found');
        expect(run.stderr).not.toContain('verified');
        expect(readFileSync(file, 'utf8')).toContain('Print Assumptions');
      } finally {
        process.env.PATH = path;
      }
    });
  });
});
