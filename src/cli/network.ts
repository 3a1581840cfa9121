/** `backproof table network`: a chain of layers. */
import { BackproofError } from '../error.js';
import {
  type NetworkLayer,
  type NetworkSection,
  network,
  networkSections,
  networkTable,
  renderNetwork,
} from '../teach/networks.js';
import { parseNamedShape, parseShape, type Shape } from '../tensor/index.js';
import { EXIT, type ExitCode } from './exit.js';
import { readLayer, readLayers } from './layers.js';
import { writeResult } from './output.js';
import { readText } from './read.js';
import { isFile, type TableCommandOptions } from './table.js';

export async function networkCommand(options: TableCommandOptions): Promise<ExitCode> {
  refuseStrangers(options);
  const made = network(layersFrom(options), inputFrom(options.input), options.loss);
  const of = options.of?.split(',').map(sectionNamed);
  const file = options.output.findLast(isFile);
  const table = await networkTable(made, { of, index: options.index });
  const text = await renderNetwork(table, options.format);
  writeResult(text, file === undefined ? {} : { output: file });
  if (!table.check) return EXIT.verified;
  const { agree, differ, unchecked } = table.check;
  if (differ.length > 0) return EXIT.mismatch;
  return agree.length > 0 && unchecked.length === 0 ? EXIT.verified : EXIT.incomplete;
}

/** @throws BackproofError `two-lists` for layers from both places. */
function layersFrom({ layer, layers }: TableCommandOptions): NetworkLayer[] {
  if (layers === undefined) return layer.map((text, k) => readLayer(text, `layer ${k + 1}`));
  if (layer.length === 0) return readLayers(readText(layers));
  throw new BackproofError({
    code: 'two-lists',
    where: 'table network',
    what: 'the layers are given twice',
    expected: '--layer, repeated in order, or --layers with a file',
    got: 'both',
    fix: 'Leave one of them out.',
  });
}

/** X=1x3x8x8, X[1,3,8,8], or the extents of X alone. @throws BackproofError `missing-shape`, `unreadable-shape`. */
function inputFrom(text = ''): { name: string; shape: Shape } {
  if (/^[[\d]/.test(text)) return { name: 'X', shape: parseShape(text) };
  const { names, shape } = text === '' ? { names: [], shape: undefined } : parseNamedShape(text);
  if (shape !== undefined) return { name: names[0]!, shape };
  throw new BackproofError({
    code: 'missing-shape',
    where: 'table network',
    what: 'the shape of the input is not given',
    expected: '--input with extents, and a name if wanted',
    got: text || 'nothing',
    fix: 'Add for example --input X=1x3x8x8.',
  });
}

function sectionNamed(word: string): NetworkSection {
  const found = networkSections.find(section => section === word.trim());
  if (found) return found;
  throw new BackproofError({
    code: 'unknown-section',
    where: '--of',
    what: 'the table of a network has no such part',
    expected: networkSections.join(', '),
    got: word,
    fix: 'Separate the parts by commas, without blanks.',
  });
}

/** What belongs to one operator is said in its layer. @throws BackproofError `misplaced-option`. */
function refuseStrangers(options: TableCommandOptions): void {
  const names = [
    'kernel',
    'bias',
    'target',
    'stride',
    'padding',
    'dilation',
    'groups',
    'convention',
  ] as const;
  const stranger =
    names.find(name => options[name] !== undefined) ??
    ((options.also ?? []).length > 0 ? 'also' : undefined) ??
    ((options.param ?? []).length > 0
      ? 'param'
      : options.output.some(word => !isFile(word))
        ? 'output'
        : undefined);
  if (stranger === undefined) return;
  throw new BackproofError({
    code: 'misplaced-option',
    where: 'table network',
    what: `a network has no --${stranger} of its own`,
    expected: '--input, --layer or --layers, --loss, --index, --of, --format, and --output with a file',
    got: `--${stranger} ${[options[stranger]].flat().join(' ')}`,
    fix: 'Say it in the layer that it belongs to, such as --layer "Z = conv2d w=4x3x3x3 b padding=1".',
  });
}
