import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { checkCertificates } from '../../../src/proof/certificate/check.js';
import { readCertificates } from '../../../src/proof/certificate/read.js';
import { writeCertificate } from '../../../src/proof/certificate/write.js';
import { forge, slow } from './forge.js';
import { examples, inputGradient } from './proofs.js';

/** The code of what a text is refused with, or PROVED. */
function verdictOf(text: string): string {
  try {
    const [result] = checkCertificates(text);
    return result!.verdict === 'PROVED' ? 'PROVED' : result!.fault.code;
  } catch (error) {
    if (error instanceof BackproofError) return error.code;
    throw error;
  }
}

const step = (text: string) => ({ left: [[text]], right: [[]] });
const digits = '9'.repeat(41);

const refused: Readonly<Record<string, readonly [string, string]>> = {
  'an empty text': ['certificate-unreadable', ''],
  'a text cut off': ['certificate-unreadable', forge().slice(0, -20)],
  'a text with more behind it': ['certificate-unreadable', `${forge()}]`],
  'a key given twice': ['certificate-unreadable', forge().replace('"x":"1"', '"x":"2","x":"1"')],
  'an escaped letter': ['certificate-unreadable', forge().replace('hand', '\\u0068and')],
  'a deep text': ['certificate-unreadable', `${'['.repeat(21)}${']'.repeat(21)}`],
  'a very deep text': ['certificate-unreadable', '['.repeat(1e6)],
  'a huge file': ['certificate-too-large', ' '.repeat(2 ** 22 + 1)],
  'an empty list': ['certificate-ill-formed', '[]'],
  'no object': ['certificate-ill-formed', '"backproof-certificate/1"'],
  'a list in a list': ['certificate-ill-formed', `[[${forge()}]]`],
  'another version': ['certificate-version', forge({ format: 'backproof-certificate/2' })],
  'no version': ['certificate-version', '{}'],
  'a version that is no text': ['certificate-version', forge({ format: 1 })],
  'an unknown key': ['certificate-ill-formed', forge({ more: { comment: 'hello' } })],
  'an unknown key of the statement': ['certificate-ill-formed', forge({ statement: { note: 'hello' } })],
  'a key left out': ['certificate-ill-formed', forge({ more: { witness: undefined } })],
  'a producer that is no text': ['certificate-ill-formed', forge({ more: { producer: 1 } })],
  'another statement under an old hash': ['certificate-hash', forge().replace('"n<N"', '"n<N+1"')],
  'another theorem under an old hash': ['certificate-hash', forge().replace('trivial', 'famous')],
  'a hash in other letters': ['certificate-hash', forge({ more: { statementSha256: 'ABC' } })],
  'a certificate of 256 KB': ['certificate-too-large', forge({ more: { producer: 'x'.repeat(2 ** 18) } })],
  '2001 steps': [
    'certificate-too-large',
    forge({ steps: { left: [new Array(2001).fill('eliminate v')], right: [[]] } }),
  ],
  'a long text': ['certificate-too-large', forge({ statement: { left: `${'[0<=n<N]'.repeat(2000)}x[n]` } })],
  'a number for a text': ['certificate-ill-formed', forge({ statement: { tensors: { x: 1 } } })],
  'a witness of numbers': ['certificate-ill-formed', forge({ witness: { N: 2 } })],
  'a witness of fractions': ['certificate-ill-formed', forge({ witness: { N: '2.5' } })],
  'a huge witness': ['certificate-ill-formed', forge({ witness: { N: digits } })],
  'a witness with two values': ['certificate-ill-formed', forge({ witness: { N: '2,2' } })],
  'a witness for a stranger': ['certificate-ill-formed', forge({ witness: { N: '2', M: '2' } })],
  'a witness that leaves one out': ['bad-witness', forge({ witness: {} })],
  'a witness that leaves an index empty': ['bad-witness', forge({ witness: { N: '0' } })],
  'a huge coefficient': ['certificate-ill-formed', forge({ statement: { left: `${digits}*x[n]` } })],
  'a huge coefficient in an index': [
    'certificate-ill-formed',
    forge({ statement: { left: `x[${digits}*n]` } }),
  ],
  'a bad polynomial': ['certificate-ill-formed', forge({ statement: { left: 'x[n**2]' } })],
  'a blank in a polynomial': ['certificate-ill-formed', forge({ statement: { left: 'x[n + n]' } })],
  'an empty polynomial': ['certificate-ill-formed', forge({ statement: { free: 'n<' } })],
  'an unclosed bracket': ['certificate-ill-formed', forge({ statement: { left: 'x[n' } })],
  'a sign without a term': ['certificate-ill-formed', forge({ statement: { left: 'x[n]-' } })],
  'a half-open guard': ['certificate-ill-formed', forge({ statement: { left: '[n<N]x[n]' } })],
  'a product of numbers': ['certificate-ill-formed', forge({ statement: { left: '2*3*x[n]' } })],
  'axes beyond 9': ['certificate-ill-formed', forge({ statement: { axes: '10' } })],
  'an @ without axes': ['certificate-ill-formed', forge({ statement: { left: 'x@[n]' } })],
  'a definition that is a list': ['certificate-ill-formed', forge({ statement: { definitions: [[]] } })],
  'a parameter twice': ['ill-formed-term', forge({ statement: { parameters: ['N,N>=0'] } })],
  'a definition twice': [
    'ill-formed-term',
    forge({ statement: { definitions: ['y[p<N]=x[p]', 'y[p<N]=x[p]'] } }),
  ],
  'a definition of a tensor': ['ill-formed-term', forge({ statement: { definitions: ['x[p<N]=x[p]'] } })],
  'a definition by itself': ['ill-formed-term', forge({ statement: { definitions: ['y[p<N]=y[p]'] } })],
  'a tensor of another rank': ['ill-formed-term', forge({ statement: { left: 'x[n,n]' } })],
  'an assumption that is no inequality': ['certificate-ill-formed', forge({ statement: { assume: ['N'] } })],
  'an unknown rule': ['certificate-ill-formed', forge({ steps: step('assume n') })],
  'a rule of every object': ['certificate-ill-formed', forge({ steps: step('constructor n') })],
  'a step that is a list': ['certificate-ill-formed', forge({ steps: { left: [[[]]], right: [[]] } })],
  'a step without its evidence': ['certificate-ill-formed', forge({ steps: step('drop 0') })],
  'half of the evidence': ['certificate-ill-formed', forge({ steps: step('drop 0: (n)') })],
  'evidence where none is due': ['certificate-ill-formed', forge({ steps: step('eliminate n: (n)') })],
  'evidence outside parentheses': ['certificate-ill-formed', forge({ steps: step('drop 0: n-1;(n)') })],
  'evidence without a sign': ['certificate-ill-formed', forge({ steps: step('drop 0: (n)(n);(n)') })],
  'evidence that ends in a sign': ['certificate-ill-formed', forge({ steps: step('drop 0: n+;(n)') })],
  'an assumption that is not there': ['certificate-ill-formed', forge({ steps: step('drop 0: #0;n') })],
  'a range for three claims': ['certificate-ill-formed', forge({ steps: step('drop 0: n<N;n') })],
  'a range where one claim is due': ['certificate-ill-formed', forge({ steps: step('vanish: n<N') })],
  'a place that is no number': ['certificate-ill-formed', forge({ steps: step('drop x: (n);(n)') })],
  'a place before the first': ['no-such-part', forge({ steps: step('drop 0-1: (n);(n)') })],
  'a name renamed twice': ['certificate-ill-formed', forge({ steps: step('rename n=m,n=k') })],
  'evidence of 201 products': [
    'certificate-too-large',
    forge({ steps: step(`vanish: ${new Array(201).fill('(n)').join('+')}`) }),
  ],
  'evidence of 13 facts': [
    'certificate-too-large',
    forge({ steps: step(`vanish: ${new Array(13).fill('n').join('*')}`) }),
  ],
  'steps for a term that is not there': ['wrong-steps', forge({ steps: { left: [[], []], right: [[]] } })],
  'steps of no side': ['certificate-ill-formed', forge({ steps: { left: [[]], right: [[]], up: [] } })],
  'sides that differ': ['sides-differ', forge({ statement: { right: '2*x[n]' } })],
};

describe('refused', () => {
  test('but what is right is proved', () => {
    expect(verdictOf(forge())).toBe('PROVED');
  });

  test.each(Object.entries(refused))('%s', (_, [code, text]) => {
    expect(verdictOf(text)).toBe(code);
  });

  test.each(Object.entries(slow))('before it takes long: %s', (_, text) => {
    expect(['certificate-too-large', 'polynomial-too-large']).toContain(verdictOf(text));
  });

  test('reading throws what checking reports', () => {
    expect(() => readCertificates(forge({ format: 'other' }))).toThrow(BackproofError);
  });

  test('one bad certificate does not hide the others', () => {
    const results = checkCertificates(`[${forge()},${forge({ witness: {} })},{}]`);
    expect(results.map(({ verdict, id }) => [verdict, id])).toEqual([
      ['PROVED', 'trivial'],
      ['REJECTED', 'trivial'],
      ['REJECTED', null],
    ]);
  });
});

describe('mutated texts', () => {
  const texts = examples().map(one => writeCertificate(one, one.proof));
  const splice = fc.record({
    which: fc.nat(texts.length - 1),
    at: fc.nat(2000),
    remove: fc.nat(6),
    insert: fc.oneof(
      fc.constantFrom(
        '',
        '@',
        '1',
        '0',
        '-',
        '+',
        '*',
        '"',
        '[',
        ']',
        '(',
        ')',
        ',',
        ';',
        '<',
        '=',
        'n',
        's1',
      ),
      fc.string({ maxLength: 5 }),
    ),
  });

  test('never crash, and are accepted only if the statement is still the one of the hash', () => {
    let refusals = 0;
    fc.assert(
      fc.property(fc.array(splice, { minLength: 1, maxLength: 3 }), splices => {
        const original = texts[splices[0]!.which]!;
        let text = original;
        for (const { at, remove, insert } of splices) {
          const place = at % text.length;
          text = text.slice(0, place) + insert + text.slice(place + remove);
        }
        const verdict = verdictOf(text);
        if (verdict !== 'PROVED') refusals++;
        else expect(JSON.parse(text).statement).toEqual(JSON.parse(original).statement);
      }),
      { seed: 8, numRuns: 3000 },
    );
    expect(refusals).toBeGreaterThan(2000);
  });

  test('of statements and steps are judged, never stumbled over, under a hash that is right', () => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(splice, fc.nat(100), ({ which, at, remove, insert }, leaf) => {
        const { statement, steps, witness } = JSON.parse(texts[which]!);
        let count = 0;
        const total = (JSON.stringify([statement, steps]).match(/"/g)!.length / 2) | 0;
        const mutate = (_: string, value: unknown) => {
          if (typeof value !== 'string' || count++ !== leaf % total) return value;
          const place = at % (value.length + 1);
          return value.slice(0, place) + insert + value.slice(place + remove);
        };
        const mutated = JSON.parse(JSON.stringify({ statement, steps }, mutate));
        const verdict = verdictOf(forge({ ...mutated, witness }, {}));
        verdicts.add(verdict);
        expect(verdict).not.toBe('certificate-unreadable');
      }),
      { seed: 9, numRuns: 1000 },
    );
    // Every stage has been reached: the reader, the statement, the witness, the steps, and the end of both sides.
    for (const code of [
      'certificate-ill-formed',
      'ill-formed-term',
      'bad-witness',
      'not-shown',
      'sides-differ',
    ])
      expect(verdicts).toContain(code);
    expect(verdicts).toContain('PROVED');
  });

  test('steps left out or taken twice are refused, unless they were not needed', () => {
    const { id, statement, proof } = inputGradient(1);
    const steps = [...proof.left[0]!];
    for (const k of steps.keys()) {
      const without = { ...proof, left: [steps.toSpliced(k, 1)] };
      expect(verdictOf(writeCertificate({ id, statement }, without))).not.toBe('PROVED');
      const twice = { ...proof, left: [steps.toSpliced(k, 0, steps[k]!)] };
      expect(verdictOf(writeCertificate({ id, statement }, twice))).not.toBe('PROVED');
    }
  });
});
