/** The forms for programs. */
import { describe, expect, test } from 'vitest';
import { gateGithub, gateSummary } from '../../../src/report/gate/github.js';
import { gateJson } from '../../../src/report/gate/json.js';
import { gateJunit } from '../../../src/report/gate/junit.js';
import { HOSTILE, hostile, mismatch, reportOf, resultOf, runOf } from './results.js';
import { readXml } from './xml.js';

describe('json', () => {
  test('the promised fields first; numbers that JSON has not are texts', () => {
    const report = JSON.parse(gateJson(runOf([mismatch]))) as Record<string, unknown>;
    expect(Object.keys(report).slice(0, 5)).toEqual([
      'formatVersion',
      'kernel',
      'seed',
      'results',
      'summary',
    ]);
    const [one] = report.results as [Record<string, unknown>];
    expect(Object.keys(one).slice(0, 8)).toEqual(
      'op result verdict rung cases missProbability mutants failure'.split(' '),
    );
    expect(one).not.toHaveProperty('kernel');
    expect(one.failure).toMatchObject({ expected: '-0', got: 'NaN', bound: 'Infinity', index: [0, 0, 2, 2] });
  });

  test('several kernels: names joined, each result with its own', () => {
    const reports = ['a', 'b'].map(kernel => reportOf([resultOf()], { kernel, notes: ['slow'] }));
    expect(JSON.parse(gateJson(runOf([], { reports, absent: ['c'] })))).toMatchObject({
      kernel: 'a, b',
      results: [{ kernel: 'a' }, { kernel: 'b' }],
      summary: { verified: 2, failed: 0, skipped: 0 },
      notes: ['a: slow', 'b: slow'],
      absent: ['c'],
    });
  });
});

describe('junit', () => {
  test('a suite per operator, a case per result', () => {
    const skipped = resultOf({ op: 'relu', verdict: 'skipped', reason: 'no backward pass' });
    const crash = resultOf({ op: 'relu', result: 'y', verdict: 'crash', reason: 'it fell' });
    const tree = readXml(
      gateJunit(runOf([resultOf({ result: 'y' }), mismatch, skipped, crash], { absent: ['tanh'] })),
    );
    expect(tree.attributes).toEqual({
      name: 'backproof gate',
      tests: '5',
      failures: '2',
      errors: '1',
      skipped: '1',
    });
    const suites = tree.children.map(one => [one.attributes.name, one.attributes.tests]);
    expect(suites).toEqual([
      ['conv2d', '2'],
      ['relu', '2'],
      ['required', '1'],
    ]);
    const cases = tree.children.flatMap(suite => suite.children);
    expect(cases.map(one => [one.attributes.name, one.children.map(child => child.name)])).toEqual([
      ['y', []],
      ['dx', ['failure']],
      ['dx', ['skipped']],
      ['y', ['error']],
      ['tanh', ['failure']],
    ]);
    expect(cases[1]!.children[0]!.text).toContain('rows are lost');
    expect(cases[2]!.children[0]!.attributes.message).toBe('no backward pass');
  });

  test('well formed whatever the names', () => {
    const run = runOf([hostile], { absent: [HOSTILE], reports: [reportOf([hostile], { kernel: HOSTILE })] });
    const xml = gateJunit(run);
    const [suite] = readXml(xml).children;
    const allowed = ['\u0000', '\u001b', '\ud800', '\uffff'].reduce(
      (text, letter) => text.replaceAll(letter, '\uFFFD'),
      HOSTILE,
    );
    expect(suite!.attributes.name).toBe(allowed);
    expect(suite!.children[0]!.attributes.classname).toBe(`${allowed}.${allowed}`);
  });

  test('no result: no case', () => {
    expect(readXml(gateJunit(runOf([]))).children).toEqual([]);
  });
});

describe('github', () => {
  const linesOf = (text: string, level: string) =>
    text.split('\n').filter(line => line.startsWith(`::${level} `));

  test('one line an annotation, with its escapes', () => {
    const lines = gateGithub(runOf([mismatch, resultOf({ verdict: 'suspect', result: 'dw' })])).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^::error title=conv2d\.dx mismatch::.*%0A.*rows are lost/);
    expect(lines[1]).toMatch(/^::warning title=conv2d\.dw suspect::/);
    expect(lines[2]).toBe('::notice title=backproof gate::0 verified, 2 failed, 0 skipped');
  });

  test('text of a kernel is never a command of its own', () => {
    const text = gateGithub(runOf([hostile], { absent: [HOSTILE] }));
    for (const line of text.split('\n')) expect(line).toMatch(/^::(error|notice) title=[^:,]*::/);
    expect(text).not.toMatch(/\r/);
    expect(text).toContain('%250A');
  });

  test('at most ten of each level, the last one for all that are left', () => {
    const many = Array.from({ length: 25 }, (_, k) => resultOf({ verdict: 'crash', reason: `number ${k}` }));
    const errors = linesOf(gateGithub(runOf(many)), 'error');
    expect(errors).toHaveLength(10);
    expect(errors[9]).toContain('title=16 more::');
  });

  test('no annotation of more than 64 KB, no title of more than 255 letters', () => {
    const long = resultOf({ op: 'o'.repeat(1000), verdict: 'crash', reason: '\u4e00%\n'.repeat(100_000) });
    const [line] = linesOf(gateGithub(runOf([long])), 'error');
    const [, title, message] = /^::error title=(.*?)::(.*)$/.exec(line!)!;
    expect(title!.length).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(decodeURIComponent(message!))).toBeLessThanOrEqual(64 * 1024);
  });

  test('a summary in Markdown: a table, and a block for each problem', () => {
    const text = gateSummary(runOf([resultOf(), mismatch], { absent: ['tanh'] }));
    expect(text).toContain('| k.mjs | conv2d | dx | mismatch | exact | 253 |');
    expect(text).toContain('```text\n  seen at  rung exact');
    expect(text).toContain('required and not verified: tanh');
  });

  test('a summary of at most 1 MiB, whose blocks are closed', () => {
    const results = Array.from({ length: 3000 }, (_, k) =>
      resultOf({ verdict: 'crash', reason: `${k} \`\`\`\` ${'x'.repeat(2000)}` }),
    );
    const text = gateSummary(runOf(results));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2 ** 20);
    expect(text).toMatch(/\d+ more parts do not fit here/);
    const fences = text.split('\n').filter(line => /^`{5}(text)?$/.test(line));
    expect(fences.length % 2).toBe(0);
    expect(fences.length).toBeGreaterThan(100);
  });

  test('names in a table stay in their cells', () => {
    const rows = gateSummary(runOf([hostile]))
      .split('\n')
      .filter(line => line.startsWith('|'));
    expect(rows).toHaveLength(3);
    expect(rows[2]!.split('|')).toHaveLength(8);
    expect(rows[2]).not.toMatch(/[<`*]/);
  });
});
