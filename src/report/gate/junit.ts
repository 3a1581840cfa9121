/** A gate as JUnit XML: a suite per operator, a case per result. */
import { type GateRun, isProblem, type OwnedResult, problemText, resultsOf, troubleOf } from './run.js';

const ERRORS = ['crash', 'hang', 'protocol', 'startup'];

export function gateJunit(run: GateRun): string {
  const results = resultsOf(run);
  const several = run.reports.length > 1;
  const suiteOf = ({ kernel, op }: OwnedResult) => (several ? `${kernel}: ${op}` : op);
  const names = [...new Set(results.map(suiteOf))];
  const extra = [
    ...run.absent.map(name => missing(name, 'required and not verified')),
    ...run.spent.map(name => missing(name, 'given up after its restarts')),
  ];
  const counts = countsOf(results, extra.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="backproof gate" ${counts}>`,
    ...names.flatMap(name => {
      const own = results.filter(one => suiteOf(one) === name);
      return suite(name, own.map(testcase), countsOf(own));
    }),
    ...(extra.length === 0 ? [] : suite('required', extra, countsOf([], extra.length))),
    '</testsuites>',
  ].join('\n');
}

const suite = (name: string, cases: readonly string[], counts: string): string[] => [
  `  <testsuite name="${attribute(name)}" ${counts}>`,
  ...cases,
  '  </testsuite>',
];

function countsOf(results: readonly OwnedResult[], missed = 0): string {
  const count = (test: (one: OwnedResult) => boolean) => results.filter(test).length;
  const errors = count(one => ERRORS.includes(one.verdict));
  const failures = count(isProblem) - errors + missed;
  const skipped = count(one => one.verdict === 'skipped');
  return `tests="${results.length + missed}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}

function testcase(one: OwnedResult): string {
  const head = `    <testcase classname="${attribute(`${one.kernel}.${one.op}`)}" name="${one.result}">`;
  if (isProblem(one)) {
    const tag = ERRORS.includes(one.verdict) ? 'error' : 'failure';
    const type = troubleOf(one);
    const message = `${one.op} ${one.result}: ${type}`;
    const opening = `      <${tag} type="${type}" message="${attribute(message)}">`;
    return [head, `${opening}${escaped(problemText(one))}</${tag}>`, '    </testcase>'].join('\n');
  }
  if (one.verdict === 'skipped')
    return [head, `      <skipped message="${attribute(one.reason)}"/>`, '    </testcase>'].join('\n');
  return head.replace(/>$/u, '/>');
}

const missing = (name: string, message: string): string =>
  [
    `    <testcase classname="required" name="${attribute(name)}">`,
    `      <failure type="required" message="${attribute(message)}"/>`,
    '    </testcase>',
  ].join('\n');

/** What XML 1.0 cannot hold, not even escaped, becomes U+FFFD. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

const attribute = (text: string): string =>
  escaped(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
