import { describe, expect, test } from 'vitest';
import { checkDerivation, type EquationReport } from '../../src/notes/index.js';

const SETUP = '<!-- backproof: conv2d input=X[3,3] kernel=F[2,2] output=O loss=L stride=1 -->';
const FORWARD = 'O_{11} = X_{11}F_{11} + X_{12}F_{12} + X_{21}F_{21} + X_{22}F_{22}';

function check(...equations: readonly string[]): readonly EquationReport[] {
  const blocks = equations.map(equation => `$$${equation}$$`);
  return checkDerivation([SETUP, ...blocks].join('\n\n'), { format: 'markdown', path: 'notes.md' }).equations;
}

const only = (equation: string): EquationReport => check(equation)[0]!;

describe('the report', () => {
  test('has the fields of the contract, in JSON', () => {
    const report = checkDerivation(`${SETUP}\n\n  $${FORWARD}$ and $O_{12} = 0 \\cdot X_{11}$`, {
      format: 'markdown',
      path: 'notes.md',
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      path: 'notes.md',
      setups: [
        {
          operator: 'conv2d',
          roles: { input: 'X[3,3]', kernel: 'F[2,2]', output: 'O[2,2]' },
          params: { stride: 1, padding: 0, dilation: 1, groups: 1, convention: 'correlation' },
          inferredFrom: [],
        },
      ],
      summary: { equations: 2, correct: 1, wrong: 0, unchecked: 1 },
      equations: [
        {
          n: 1,
          line: 3,
          column: 4,
          endLine: 3,
          endColumn: 4 + FORWARD.length,
          cell: null,
          source: FORWARD,
          verdict: 'correct',
          rule: 'forward',
          rung: 'one-shape',
          domain: 'for all values of X[3,3], F[2,2], stride 1',
          message: 'it holds for all values of X[3,3], F[2,2], stride 1',
          reason: null,
          expected: null,
          missing: [],
          extra: [],
          slip: null,
          setup: 0,
        },
        {
          n: 2,
          line: 3,
          column: 4 + FORWARD.length + 7,
          endLine: 3,
          endColumn: 4 + FORWARD.length + 7 + 'O_{12} = 0 \\cdot X_{11}'.length,
          cell: null,
          source: 'O_{12} = 0 \\cdot X_{11}',
          verdict: 'unchecked',
          rule: 'numeric-example',
          rung: null,
          domain: null,
          message: expect.any(String),
          reason: expect.any(String),
          expected: null,
          missing: [],
          extra: [],
          slip: null,
          setup: 0,
        },
      ],
    });
  });

  test('a document without equations is an empty report', () => {
    const empty = { equations: 0, correct: 0, wrong: 0, unchecked: 0 };
    expect(checkDerivation('', { format: 'markdown' })).toMatchObject({ path: '-', summary: empty });
    expect(checkDerivation(`${SETUP}\nwords only`, { format: 'markdown' })).toMatchObject({ summary: empty });
  });

  test('without a setup every equation is unchecked, and the reason shows a directive to paste', () => {
    const { equations } = checkDerivation('$a = b + c$ and $d = e$', { format: 'markdown' });
    expect(equations.map(({ verdict }) => verdict)).toEqual(['unchecked', 'unchecked']);
    expect(new Set(equations.map(({ reason }) => reason)).size).toBe(1);
    expect(equations[0]!.reason).toContain('<!-- backproof: conv2d input=X[3,3] kernel=F[2,2]');
  });

  test('plain text', () => {
    const text = `# backproof: conv2d input=X[3,3] kernel=F[2,2] output=O loss=L\n\ndL/dX13 = dL/dO12 * F11\n`;
    const [equation] = checkDerivation(text, { format: 'text' }).equations;
    expect(equation).toMatchObject({ verdict: 'wrong', slip: 'index', line: 3, column: 1 });
  });

  test('a line that contradicts the forward lines says so', () => {
    const rows = [
      FORWARD,
      'O_{12} = X_{12}F_{11} + X_{13}F_{12} + X_{22}F_{21} + X_{23}F_{22}',
      'O_{21} = X_{21}F_{11} + X_{22}F_{12} + X_{31}F_{21} + X_{23}F_{22}',
      'O_{22} = X_{22}F_{11} + X_{23}F_{12} + X_{32}F_{21} + X_{33}F_{22}',
    ];
    const report = checkDerivation(rows.map(row => `$$${row}$$`).join('\n'), { format: 'markdown' });
    expect(report.setups[0]!.inferredFrom).toEqual([1, 2, 4]);
    expect(report.equations[2]!.message).toBe(
      'the term X_{23} F_{22} should be X_{32} F_{22} (it contradicts the forward lines 1, 2, 4, which the setup is taken from)',
    );
  });
});

describe('a line that names another setting', () => {
  const rotated = 'O_{11} = X_{11} F_{22} + X_{12} F_{21} + X_{21} F_{12} + X_{22} F_{11}';

  test('is not called wrong', () => {
    for (const words of ['(true convolution)', '(a common mistake)', '(wrong!)', 'with the rotated filter']) {
      const report = only(`${rotated} \\quad \\text{${words}}`);
      expect(report).toMatchObject({ verdict: 'unchecked', rule: 'not-covered' });
    }
  });

  test('other labels change nothing', () => {
    expect(only(`${rotated} \\quad \\text{(first row)}`).verdict).toBe('wrong');
    expect(only(`${FORWARD} \\quad \\text{(true convolution)}`).verdict).toBe('correct');
  });
});

describe('what is left open is never called wrong', () => {
  test.each([
    ['a value of an output', 'O_{11} = 37', 'numeric-example'],
    ['a value of an input', 'X_{11} = 3', 'definition'],
    ['the loss', 'L = \\frac{1}{2} O_{11}^2', 'definition'],
    ['the gradient of the loss by an output', '\\frac{\\partial L}{\\partial O_{11}} = O_{11}', 'definition'],
    ['a value of a kernel cell', 'X_{11} + X_{12} = F_{11}', 'definition'],
    ['a relation of open cells', 'X_{11} + X_{12} = F_{11} + F_{12}', 'not-covered'],
    ['a new name', 's = X_{11} F_{11}', 'definition'],
    ['an unknown name', 'O_{11} = X_{11} F_{11} + q', 'unknown-name'],
    ['an update', 'F \\leftarrow F - \\eta \\frac{\\partial L}{\\partial F}', 'not-covered'],
    ['a symbolic index', 'O_{ij} = X_{ij} F_{11}', 'not-covered'],
    ['a big sum', 'O_{11} = \\sum_{k=1}^{4} X_k F_k', 'not-covered'],
    ['dots without a pattern', 'O_{11} = X_{11} F_{11} + \\dots', 'ambiguous'],
    ['dots around other cells', 'O_{11} = X_{13} F_{11} + \\dots + X_{23} F_{22}', 'ambiguous'],
    ['an ambiguous product', 'O = X \\cdot F', 'ambiguous'],
    ['a decimal comma', 'O_{11} = 1,5 X_{11}', 'unreadable'],
    [
      'a full product without the word',
      '\\frac{\\partial L}{\\partial X} = \\frac{\\partial L}{\\partial O} * F',
      'ambiguous',
    ],
    ['a third function', 'O_{11} = \\sigma(X_{11})', 'not-covered'],
    ['what holds under a condition', 'O_{11} = X_{11} F_{11} \\quad \\text{if } X_{12} = 0', 'not-covered'],
  ])('%s: %s', (_, equation, rule) => {
    const report = only(equation);
    expect(report.verdict).toBe('unchecked');
    expect(report.reason).toBeTruthy();
    if (rule !== 'unreadable') expect(report.rule).toBe(rule);
  });

  test('a numeric example is judged where the values are given', () => {
    const reports = check(
      'X = \\begin{bmatrix} 1 & 2 & 3 \\\\ 4 & 5 & 6 \\\\ 7 & 8 & 9 \\end{bmatrix}',
      'F = \\begin{bmatrix} 1 & 0 \\\\ 0 & 1 \\end{bmatrix}',
      'O_{11} = 1 \\cdot 1 + 5 \\cdot 1 = 6',
      'O_{12} = 9',
      '2 \\cdot 3 = 7',
    );
    expect(reports.map(({ verdict }) => verdict)).toEqual([
      'unchecked',
      'unchecked',
      'correct',
      'correct',
      'unchecked',
      'wrong',
    ]);
    expect(reports[5]).toMatchObject({ rule: 'numeric-example', slip: 'number', expected: '2 \\cdot 3 = 6' });
  });

  test('once the notes fix the loss, gradients without the upstream factor are open', () => {
    const sum = '\\frac{\\partial L}{\\partial F_{11}} = X_{11} + X_{12} + X_{21} + X_{22}';
    expect(only(sum).verdict).toBe('wrong');
    expect(check('L = O_{11} + O_{12} + O_{21} + O_{22}', sum)[1]!.verdict).toBe('unchecked');
  });

  test('cells of the padding may have names', () => {
    const padded = (equation: string) =>
      checkDerivation(`${SETUP.replace('stride=1', 'padding=1')}\n$$${equation}$$`, { format: 'markdown' })
        .equations[0]!;
    const row = (last: string) => `O_{11} = X_{00} F_{11} + X_{01} F_{12} + X_{10} F_{21} + X_{11} ${last}`;
    expect(padded(row('F_{22}'))).toMatchObject({ verdict: 'unchecked', rule: 'ambiguous' });
    expect(padded(row('F_{12}'))).toMatchObject({ verdict: 'wrong', expected: 'O_{11} = X_{11} F_{22}' });
  });
});

describe('names', () => {
  test('an introduced name may be used afterwards', () => {
    const reports = check('s = X_{11} F_{11} + X_{12} F_{12}', 'O_{11} = s + X_{21} F_{21} + X_{22} F_{22}');
    expect(reports.map(({ verdict }) => verdict)).toEqual(['unchecked', 'correct']);
  });

  test('a name whose right side cannot be read stays unknown', () => {
    const reports = check('s = \\sigma(X_{11})', 'O_{11} = s + X_{22} F_{22}');
    expect(reports.map(({ rule }) => rule)).toEqual(['definition', 'unknown-name']);
  });

  test('a misread letter is an unknown name with a suggestion', () => {
    expect(only('O_{11} = X_{11} t_{11}')).toMatchObject({ verdict: 'unchecked', rule: 'unknown-name' });
    expect(only('O_{11} = X_{11} t_{11}').reason).toContain('did you mean F');
  });

  test('a name between the outputs and the loss is generously read, and still not declared', () => {
    const path = (k: string, x: string) =>
      `\\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial O_{${k}}} X_{${x}}`;
    const all = [path('11', '11'), path('12', '12'), path('21', '21'), path('22', '22')];
    const head = '\\frac{\\partial L}{\\partial F_{11}} = ';
    expect(only(head + all.join(' + '))).toMatchObject({ verdict: 'unchecked', rule: 'unknown-name' });
    expect(only(head + all.slice(1).join(' + '))).toMatchObject({ verdict: 'wrong', rule: 'chain-rule' });
  });

  test('a cell that does not exist is named', () => {
    expect(only('\\frac{\\partial L}{\\partial X_{44}} = 0')).toMatchObject({
      verdict: 'wrong',
      reason: 'dL/dX_{44} does not exist: X is 3 x 3',
    });
    expect(only(`${FORWARD} + X_{11} F_{13}`).message).toContain('F_{13} does not exist: F is 2 x 2');
  });
});

describe('chains', () => {
  const chain = (last: string, first = '') =>
    check(
      `\\frac{\\partial O_{11}}{\\partial F_{11}} = ${first}\\frac{\\partial}{\\partial F_{11}} (X_{11} F_{11} + X_{12} F_{12} + X_{21} F_{21} + X_{22} F_{22}) = ${last}`,
    );

  test('one verdict per link', () => {
    expect(chain('X_{11}').map(({ verdict }) => verdict)).toEqual(['correct', 'correct']);
    expect(chain('X_{12}').map(({ verdict }) => verdict)).toEqual(['correct', 'wrong']);
  });

  test('a link after a wrong side says where the mistake is', () => {
    const reports = chain('X_{11}', '2 ');
    expect(reports.map(({ verdict }) => verdict)).toEqual(['wrong', 'wrong']);
  });
});

describe('several setups', () => {
  const two = [
    '<!-- backproof: conv1d input=x[4] kernel=w[2] output=h loss=L index=running -->',
    '<!-- backproof: conv1d input=h[3] kernel=v[2] output=y loss=L index=running -->',
  ].join('\n');
  const verdict = (equation: string) =>
    checkDerivation(`${two}\n$$${equation}$$`, { format: 'markdown' }).equations[0]!;

  test('the one that knows the names decides', () => {
    expect(verdict('h_1 = w_1 x_1 + w_2 x_2')).toMatchObject({ verdict: 'correct', setup: 0 });
    expect(verdict('y_2 = v_1 h_2 + v_2 h_3')).toMatchObject({ verdict: 'correct', setup: 1 });
    expect(verdict('y_2 = v_1 h_2 + v_2 h_2')).toMatchObject({ verdict: 'wrong', setup: 1 });
    expect(
      verdict('\\frac{\\partial L}{\\partial h_1} = \\frac{\\partial L}{\\partial y_1} v_1'),
    ).toMatchObject({ verdict: 'correct', setup: 1 });
  });
});

describe('hostile input', () => {
  test.each([
    ['a huge power', 'O_{11} = X_{11}^{999999999}'],
    ['a power of a sum', 'O_{11} = (X_{11} + X_{12} + X_{13} + F_{11})^{64}'],
    ['a tower of powers', 'O_{11} = (((7^{64})^{64})^{64})^{64}'],
    ['a product of sums', `O_{11} = ${'(X_{11} + X_{12} + F_{11}) '.repeat(60)}`],
    ['deep brackets', `O_{11} = ${'('.repeat(4000)}X_{11}${')'.repeat(4000)}`],
    [
      'many quotients',
      `O_{11} = ${Array.from({ length: 60 }, (_, k) => `\\frac{1}{X_{11} + ${k + 1}}`).join(' + ')}`,
    ],
    ['a zero divisor', 'O_{11} = \\frac{X_{11}}{X_{11} - X_{11}}'],
    ['many ambiguous products', `O = ${Array.from({ length: 12 }, () => 'X \\cdot F').join(' + ')}`],
  ])('%s is unchecked', (_, equation) => {
    expect(only(equation).verdict).toBe('unchecked');
  });

  test('a thousand equations, right and wrong', () => {
    const wrong = '\\frac{\\partial L}{\\partial X_{13}} = \\frac{\\partial L}{\\partial O_{11}} * F_{13}';
    const reports = check(...Array.from({ length: 1000 }, (_, k) => (k % 2 === 0 ? FORWARD : wrong)));
    expect(reports.filter(({ verdict }) => verdict === 'wrong')).toHaveLength(500);
  });

  test('ten megabytes without mathematics', () => {
    expect(checkDerivation('word '.repeat(2_000_000), { format: 'markdown' }).equations).toEqual([]);
  });
});
