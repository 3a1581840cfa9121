/** `backproof table`: per-element gradient tables in the format that a teacher pastes. */
import { BackproofError } from '../error.js';
import { operatorNamed } from '../ops/index.js';
import {
  gradientTable,
  type IndexStyle,
  renderTable,
  type Section,
  sections,
  type TableFormat,
} from '../teach/index.js';
import { parseNamedShape } from '../tensor/index.js';
import { EXIT, type ExitCode } from './exit.js';
import { writeResult } from './output.js';
import { type CallOptions, kernelOption, otherTensors, paramsFrom, tensorOption } from './parameters.js';

export interface TableCommandOptions extends CallOptions {
  /** Names of the output tensor and of a file; a file's name has a dot or a slash. */
  readonly output: readonly string[];
  readonly loss?: string;
  readonly index: IndexStyle;
  readonly of?: string;
  readonly format: TableFormat;
  /** Of a network only. */
  readonly layer: readonly string[];
  readonly layers?: string;
}

export async function table(name: string, options: TableCommandOptions): Promise<ExitCode> {
  const operator = operatorNamed(name);
  if (options.layer.length > 0 || options.layers !== undefined) throw noNetwork(name);
  const result = gradientTable(operator, {
    input: tensorOption(operator, 'input', options.input),
    kernel: kernelOption(operator, options),
    bias: options.bias === undefined ? undefined : biasTensor(options.bias),
    others: otherTensors(operator, options),
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

export const isFile = (word: string): boolean => /[./\\]/.test(word);

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

function noNetwork(name: string): BackproofError {
  return new BackproofError({
    code: 'misplaced-option',
    where: `table ${name}`,
    what: 'one operator has no layers',
    expected: 'backproof table network with --layer or --layers',
    got: name,
    fix: `Write table network, with ${name} as one of the layers.`,
  });
}
