/** Layers as people write them: "Z1 = conv2d w=4x3x3x3 b padding=1", one a line. */
import { BackproofError } from '../error.js';
import { closest, type Operator, operatorNamed } from '../ops/index.js';
import type { LayerInput, NetworkLayer } from '../teach/networks.js';
import { parseNamedShape, parseShape } from '../tensor/index.js';
import { type CallOptions, paramsFrom } from './parameters.js';

/** One layer a line; what follows # is a comment. @throws BackproofError as `readLayer`, with the line. */
export function readLayers(text: string): NetworkLayer[] {
  return text.split(/\r?\n/).flatMap((line, k) => {
    const layer = line.replace(/#.*/, '').trim();
    return layer === '' ? [] : [readLayer(layer, `line ${k + 1}`)];
  });
}

/**
 * Reads a name of the output if there is one, the operator, then its inputs (w=4x3x3x3, w=W1[4,3,3,3], w=W1, b) and its
 * parameters (stride=2) in any order, separated by blanks.
 * @throws BackproofError `unreadable-layer`, `unknown-operator`, `unknown-word`, `duplicate-word`, `unreadable-shape`, and
 *   what parameters' own reading refuses.
 */
export function readLayer(text: string, where: string): NetworkLayer {
  try {
    const parts = /^(?:([^\s=]+)\s*=\s*)?([^\s=]+)(?:\s+(.*))?$/su.exec(text.trim());
    if (!parts) throw unreadable(text);
    const [, name, operatorName, rest = ''] = parts;
    const operator = operatorNamed(operatorName!);
    const words = rest.split(/\s+/).filter(word => word !== '');
    const settings = new Map<string, string | undefined>();
    for (const word of words) {
      const [key, value] = /^([^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word];
      if (settings.has(key!)) throw duplicate(operator, key!);
      settings.set(key!, value);
    }
    checkWords(operator, settings);
    const given = [...settings].filter(([key]) => key in operator.inputs);
    const inputs = Object.fromEntries(given.map(([key, value]) => [key, inputFrom(value)]));
    return { operator, name, inputs, params: paramsFrom(operator, callOptions(operator, settings)) };
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    throw new BackproofError({ ...parts(error), where: `${where}: ${error.where}` });
  }
}

const parts = ({ code, where, what, expected, got, fix, data }: BackproofError) =>
  ({ code, where, what, expected, got, fix, data }) as const;

/** Extents alone, a name with or without them, or nothing. */
function inputFrom(text: string | undefined): LayerInput {
  if (text === undefined) return {};
  if (/^[[\d]/.test(text)) return { shape: parseShape(text) };
  const { names, shape } = parseNamedShape(text);
  return { name: names[0]!, shape };
}

function callOptions(operator: Operator, settings: ReadonlyMap<string, string | undefined>): CallOptions {
  const params = [...settings].filter(([key]) => !(key in operator.inputs));
  const own = ['stride', 'padding', 'dilation', 'groups', 'convention'];
  return {
    ...Object.fromEntries(params.filter(([key]) => own.includes(key))),
    param: params.filter(([key]) => !own.includes(key)).map(([key, value]) => `${key}=${value}`),
  };
}

function checkWords(operator: Operator, settings: ReadonlyMap<string, string | undefined>): void {
  const [inputs, params] = [Object.keys(operator.inputs), Object.keys(operator.params)];
  for (const [key, value] of settings) {
    const isInput = inputs.includes(key);
    if (isInput || (params.includes(key) && value !== undefined && value !== '')) continue;
    const known = params.includes(key);
    const meant = closest(key, [...inputs, ...params]);
    throw new BackproofError({
      code: 'unknown-word',
      where: operator.name,
      what: known ? `the parameter ${key} has no value` : 'it has no such input or parameter',
      expected: [...inputs.slice(1), ...params.map(name => `${name}=...`)].join(', ') || 'nothing more',
      got: value === undefined ? key : `${key}=${value}`,
      fix: known ? `Write ${key}=...` : meant ? `Did you mean ${meant}?` : 'Use one of these.',
      data: { word: key },
    });
  }
}

function duplicate({ name }: Operator, key: string): BackproofError {
  return new BackproofError({
    code: 'duplicate-word',
    where: name,
    what: `${key} is given twice`,
    expected: 'each input and parameter once',
    got: `${key} again`,
    fix: 'Leave one of them out; lists are written without blanks, as padding=1,2.',
    data: { word: key },
  });
}

function unreadable(text: string): BackproofError {
  return new BackproofError({
    code: 'unreadable-layer',
    where: 'layer',
    what: 'the text is not a layer',
    expected: 'an operator, then inputs and parameters, such as conv2d w=4x3x3x3 b padding=1',
    got: text.slice(0, 60) || 'nothing',
    fix: 'Start with the operator, or with a name for the output and an equals sign.',
  });
}
