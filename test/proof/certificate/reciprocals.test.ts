/** Certificates with reciprocals: what they say, what is read again, and what is refused. */
import { describe, expect, test } from 'vitest';
import { checkCertificates } from '../../../src/proof/certificate/check.js';
import { readCertificates } from '../../../src/proof/certificate/read.js';
import { writeCertificate } from '../../../src/proof/certificate/write.js';
import { judge } from '../../../src/proof/judge.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import { forge } from './forge.js';

/** 2 of h = 1/2 of the mean over N cells and two axes, the 3 twice. */
const MEAN = {
  statement: {
    axes: '2',
    parameters: ['N,L@>=0'],
    tensors: { r: '0', h: '0', x: '1' },
    units: { r: 'L1*L2*N', h: '2' },
    free: 'k<3',
    left: 'sum(n<N,i@<L@)r[]*h[]*x[k]+h[]*x[k]',
    right: 'x[k]',
  },
  steps: { factors: ['2'], left: [['unit 0 2 n i1 i2: N;L1;L2', 'unit 0 1'], ['unit 0 1']], right: [[]] },
  witness: { N: '2', 'L@': '3,4' },
};

const verdictOf = (text: string) => {
  const [result] = checkCertificates(text);
  return result!.verdict === 'PROVED' ? 'PROVED' : result!.fault.code;
};

test('is checked, read and written again as it is', () => {
  const text = forge(MEAN);
  expect(verdictOf(text)).toBe('PROVED');
  const [read] = readCertificates(text);
  expect([...read!.statement.units.keys()]).toEqual(['r', 'h']);
  expect(read!.proof.factors).toEqual([2]);
  expect(read!.proof.left[0]![0]).toMatchObject({
    rule: 'unit',
    atom: 0,
    times: 2,
    names: ['n', 'i1', 'i2'],
  });
  const again = JSON.parse(writeCertificate(read!, read!.proof, 'hand'));
  expect(again).toMatchObject({ statement: MEAN.statement, steps: MEAN.steps });
  expect(verdictOf(JSON.stringify(again))).toBe('PROVED');
});

test('a certificate without reciprocals says nothing of them', () => {
  const [read] = readCertificates(forge());
  const text = writeCertificate(read!, read!.proof);
  expect(text).not.toMatch(/units|factors/);
});

const { statement, steps } = MEAN;
const first = (text: string) => ({ ...MEAN, steps: { ...steps, left: [[text, 'unit 0 1'], ['unit 0 1']] } });
const saying = (part: object) => ({ ...MEAN, statement: { ...statement, ...part } });

const refused: Readonly<Record<string, readonly [string, Parameters<typeof forge>[0]]>> = {
  'units that are a list': ['certificate-ill-formed', saying({ units: ['r'] })],
  'a unit that is a number': ['certificate-ill-formed', saying({ units: { r: 6 } })],
  'a unit of what is no polynomial': ['certificate-ill-formed', saying({ units: { r: '1/N' } })],
  'a unit of two names': ['certificate-ill-formed', saying({ units: { 'r*h': 'N' } })],
  'a unit of what is declared nowhere': [
    'ill-formed-term',
    saying({ units: { ...statement.units, t: 'N' } }),
  ],
  'a unit of an index': ['ill-formed-term', saying({ units: { ...statement.units, r: 'k' } })],
  'another count': ['not-shown', saying({ units: { ...statement.units, r: 'L1*N' } })],
  'no units': ['not-shown', saying({ units: {} })],
  'sizes that may be negative': ['unknown-fact', saying({ parameters: ['N,L1>=0', 'L2'] })],
  'a factor that is no number': ['certificate-ill-formed', { ...MEAN, steps: { ...steps, factors: ['N'] } }],
  'factors that are no list': ['certificate-ill-formed', { ...MEAN, steps: { ...steps, factors: '2' } }],
  'a factor without an inverse': ['not-shown', { ...MEAN, steps: { ...steps, factors: ['3'] } }],
  'the factor 0': ['not-shown', { ...MEAN, steps: { ...steps, factors: ['0'] } }],
  'many factors': [
    'certificate-too-large',
    { ...MEAN, steps: { ...steps, factors: new Array(201).fill('2') } },
  ],
  'a coefficient that is left out': ['certificate-ill-formed', first('unit 0')],
  'a coefficient that is no number': ['certificate-ill-formed', first('unit 0 n i1: N;L1')],
  'evidence for one of three': ['certificate-ill-formed', first('unit 0 2 n i1 i2: N')],
  'no evidence': ['certificate-ill-formed', first('unit 0 2 n i1 i2')],
  'evidence for none': ['certificate-ill-formed', first('unit 1 1: N')],
  'another coefficient': ['not-shown', first('unit 0 1 n i1 i2: N;L1;L2')],
  'another atom': ['not-shown', first('unit 2 2 n i1 i2: N;L1;L2')],
  'an atom that is not there': ['not-shown', first('unit 9 2 n i1 i2: N;L1;L2')],
  'an index that is not there': ['certificate-ill-formed', first('unit 0 2 n i1 i2 j: N;L1;L2')],
  'an index of its own range': ['unknown-fact', first('unit 0 2 n i1 i2: n+(N-1-n)+1;L1;L2')],
  'a witness with 0 cells': ['bad-witness', { ...MEAN, witness: { N: '0', 'L@': '3,4' } }],
};

describe('refused', () => {
  test.each(Object.entries(refused))('%s', (_, [code, forged]) =>
    expect(verdictOf(forge(forged))).toBe(code),
  );

  test('another count under an old hash', () => {
    expect(verdictOf(forge(MEAN).replace('"h":"2"', '"h":"4"'))).toBe('certificate-hash');
  });

  test('before it takes long: extents that are multiplied again and again', () => {
    const names = Array.from({ length: 30 }, (_, k) => `v${k}`);
    const long = 'A+B+C+D+E+F';
    const text = forge({
      statement: {
        parameters: ['N,A,B,C,D,E,F>=0'],
        tensors: { r: '0', x: '1' },
        units: { r: 'N' },
        left: `sum(${names.map(name => `${name}<${long}`).join(',')})r[]*x[n]`,
      },
      steps: {
        left: [
          Array.from(
            { length: 200 },
            () => `unit 0 1 ${names.join(' ')}: ${names.map(() => `(${long})`).join(';')}`,
          ),
        ],
        right: [[]],
      },
      witness: Object.fromEntries([...'NABCDEF'].map(name => [name, '2'])),
    });
    expect(['certificate-too-large', 'polynomial-too-large']).toContain(verdictOf(text));
  });
});

test('what the prover finds is written on each axis once where steps are alike', () => {
  const [theorem] = parseTheorems(
    'rank 2\nr@ = 1\nprove y = y'.replace(
      'r@ = 1\nprove y = y',
      'r[] = 1/L1\ns[] = 1/L2\ny[n<N] = sum(i@<L@) r[]*s[]*x[n]\nz[n<N] = x[n]\nprove y = z',
    ),
    'here',
  );
  const { certificate } = judge(theorem!);
  expect(certificate).toMatchObject({
    statement: { units: { r: 'L1', s: 'L2' } },
    steps: { left: [['unit 0 1 i@: L@']] },
  });
});
