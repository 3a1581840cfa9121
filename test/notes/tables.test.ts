/** What the gradient tables print is what the judge of derivations calls correct, and one changed name is not. */
import { describe, expect, test } from 'vitest';
import { checkDerivation } from '../../src/notes/index.js';
import { gradientTable, type TableOptions } from '../../src/teach/index.js';

interface Case {
  readonly name: string;
  readonly operator: string;
  readonly directive: string;
  readonly options: TableOptions;
}

const tensor = (name: string, ...shape: number[]) => ({ name, shape });

const cases: readonly Case[] = [
  {
    name: '3x3 and 2x2',
    operator: 'conv2d',
    directive: 'conv2d input=X[3,3] kernel=F[2,2] output=O loss=L',
    options: { input: tensor('X', 3, 3), kernel: tensor('F', 2, 2) },
  },
  {
    name: 'stride 2 with a running index',
    operator: 'conv2d',
    directive: 'conv2d input=a[5,5] kernel=w[3,3] output=z loss=L stride=2 index=running',
    options: {
      input: tensor('a', 5, 5),
      kernel: tensor('w', 3, 3),
      output: 'z',
      params: { stride: 2 },
      index: 'running',
    },
  },
  {
    name: 'padding, dilation and a bias, counted from 0',
    operator: 'conv2d',
    directive:
      'conv2d input=X[4,3] kernel=F[2,2] bias=b output=O loss=E padding=[1,0],[0,2] dilation=2,1 index=pair0',
    options: {
      input: tensor('X', 4, 3),
      kernel: tensor('F', 2, 2),
      bias: { name: 'b' },
      loss: 'E',
      params: {
        padding: [
          [1, 0],
          [0, 2],
        ],
        dilation: [2, 1],
      },
      index: 'pair0',
    },
  },
  {
    name: 'a true convolution in one dimension',
    operator: 'conv1d',
    directive: 'conv1d input=x[6] kernel=k[3] output=y loss=L convention=convolution',
    options: {
      input: tensor('x', 6),
      kernel: tensor('k', 3),
      output: 'y',
      params: { convention: 'convolution' },
    },
  },
  {
    name: 'channels',
    operator: 'conv2d',
    directive: 'conv2d input=X[2,3,3] kernel=F[2,2,2] output=O loss=L',
    options: { input: tensor('X', 2, 3, 3), kernel: tensor('F', 2, 2, 2) },
  },
];

/** "dO_{11}/dF_{12}" and the like as LaTeX; a forward cell as it is; a gradient cell below the loss. */
function leftSide(of: string, cell: string, loss: string): string {
  if (of === 'forward') return cell;
  const [above, below] = of === 'local' ? cell.split('/').map(part => part.slice(1)) : [loss, cell];
  return `\\frac{\\partial ${above}}{\\partial ${below}}`;
}

function documentOf({ operator, directive, options }: Case): string {
  const { cells } = gradientTable(operator, { ...options, of: ['forward', 'local', 'input', 'kernel'] });
  const lines = cells.map(
    ({ of, cell, latex }) => `$$${leftSide(of, cell, options.loss ?? 'L')} = ${latex}$$`,
  );
  return [`<!-- backproof: ${directive} -->`, ...lines].join('\n\n');
}

describe.each(cases)('$name', one => {
  test('every cell of the table is correct', () => {
    const { summary, equations } = checkDerivation(documentOf(one), { format: 'markdown' });
    expect(equations.filter(equation => equation.verdict !== 'correct')).toEqual([]);
    expect(summary.correct).toBeGreaterThan(15);
  });

  test('with kernel and input exchanged on the right, the gradients that had terms are wrong', () => {
    const { input, kernel } = one.options;
    const swapped = documentOf(one).replaceAll(/(?<== .*)\b([A-Za-z])(?=_\{)/g, letter =>
      letter === input.name ? kernel!.name : letter === kernel!.name ? input.name : letter,
    );
    const { equations } = checkDerivation(swapped, { format: 'markdown' });
    const gradients = equations.filter(({ rule, source }) => rule === 'gradient' && !source.endsWith('= 0'));
    expect(gradients.length).toBeGreaterThan(5);
    expect(gradients.filter(({ verdict }) => verdict === 'correct')).toEqual([]);
  });
});
