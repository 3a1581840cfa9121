/** `backproof table`: per-element gradient tables in the format that a teacher pastes. */
import { BackproofError } from '../error.js';
import { type Operator, operatorNamed } from '../ops/index.js';
import {
  gradientTable,
  type IndexStyle,
  renderTable,
  type Section,
  sections,
  type TableFormat,
} from '../teach/index.js';
import { parseNamedShape, parseShape } from '../tensor/index.js';
import { EXIT, type ExitCode } from './exit.js';
import { writeResult } from './output.js';
import { type CallOptions, paramsFrom } from './parameters.js';

export interface TableCommandOptions extends CallOptions {
  /** Names of the output tensor and of a file; a file's name has a dot or a slash. */
  readonly output: readonly string[];
  readonly loss?: string;
  readonly index: IndexStyle;
  readonly of?: string;
  readonly format: TableFormat;
}

export async function table(name: string, options: TableCommandOptions): Promise<ExitCode> {
  const operator = operatorNamed(name);
  const result = gradientTable(operator, {
    input: namedTensor(operator, 'input', options.input ?? '', 'X'),
    kernel:
      operator.inputs.w === undefined
        ? undefined
        : namedTensor(operator, 'kernel', options.kernel ?? '', 'F'),
    bias: options.bias === undefined ? undefined : biasTensor(options.bias),
    output: options.output.findLast(word => !isFile(word)),
    loss: options.loss,
    params: paramsFrom(operator, options),
    index: options.index,
    of: options.of === undefined ? undefined : sectionsNamed(options.of),
  });
  const file = options.output.findLast(isFile);
  writeResult(await renderTable(result, options.format), file === undefined ? {} : { output: file });
  return EXIT.verified;
}

const isFile = (word: string): boolean => /[./\\]/.test(word);

/** "X=3x3", "X[3,3]" or, with the usual letter, "3x3". */
function namedTensor(operator: Operator, option: 'input' | 'kernel', text: string, letter: string) {
  if (/^[[\d]/.test(text)) return { name: letter, shape: parseShape(text) };
  const { names, shape } = text === '' ? { names: [], shape: undefined } : parseNamedShape(text);
  if (shape !== undefined) return { name: names[0]!, shape };
  throw new BackproofError({
    code: 'missing-shape',
    where: `table ${operator.name}`,
    what: `the shape of the ${option} is not given`,
    expected: `--${option} with a name and extents`,
    got: text || 'nothing',
    fix: `Add for example --${option} ${letter}=${option === 'input' ? '3x3' : '2x2'}.`,
  });
}

function biasTensor(text: string) {
  const { names, shape } = parseNamedShape(text);
  return { name: names[0]!, shape };
}

function sectionsNamed(text: string): Section[] {
  return text.split(',').map(word => {
    const found = sections.find(section => section === word.trim());
    if (found) return found;
    throw new BackproofError({
      code: 'unknown-section',
      where: '--of',
      what: 'a table has no such part',
      expected: sections.join(', '),
      got: word,
      fix: 'Separate the parts by commas, without blanks.',
    });
  });
}
