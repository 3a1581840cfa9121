/** Shapes and parameters of a call, from the command line's words. */
import { BackproofError } from '../error.js';
import type { Operator, Params, ParamValue } from '../ops/index.js';
import {
  type NamedShape,
  parseNamedShape,
  parsePadding,
  parsePerAxis,
  parseShape,
  type Shape,
} from '../tensor/index.js';

/** Options that several commands share; all texts as typed. */
export interface CallOptions {
  readonly input?: string;
  readonly kernel?: string;
  readonly bias?: string;
  readonly stride?: string;
  readonly padding?: string;
  readonly dilation?: string;
  readonly groups?: string;
  readonly convention?: string;
  readonly param?: readonly string[];
}

/** The shape of each input given; names before the dims (X=3x3) are allowed and ignored here. */
export function shapesFrom(operator: Operator, options: CallOptions): Record<string, Shape> {
  const given = { x: options.input, w: options.kernel, b: options.bias };
  const shapes: Record<string, Shape> = {};
  for (const [input, text] of Object.entries(given)) {
    if (text !== undefined) shapes[input] = shapeOf(text);
  }
  const missing = Object.keys(operator.inputs).find(
    name => !shapes[name] && !operator.optional.includes(name),
  );
  if (missing === undefined) return shapes;
  const option = { x: '--input', w: '--kernel', b: '--bias' }[missing] ?? missing;
  throw new BackproofError({
    code: 'missing-shape',
    where: operator.name,
    what: `the shape of ${missing} is not given`,
    expected: `${option} with the extents ${operator.inputs[missing]}`,
    got: Object.keys(shapes).join(', ') || 'no shape',
    fix: `Add for example ${option} ${operator.examples[0]!.shapes[missing]!.join('x')}.`,
  });
}

function shapeOf(text: string): Shape {
  if (/^[[\d]/.test(text)) return parseShape(text);
  const named: NamedShape = parseNamedShape(text);
  return named.shape ?? parseShape(text);
}

/** The parameters given, by name; --param name=value reaches those without an option of their own. */
export function paramsFrom(operator: Operator, options: CallOptions): Params {
  const params: Record<string, ParamValue> = {};
  for (const name of ['stride', 'dilation'] as const) {
    const text = options[name];
    if (text !== undefined) params[name] = parsePerAxis(text, name);
  }
  if (options.groups !== undefined) params.groups = parsePerAxis(options.groups, 'groups');
  if (options.padding !== undefined) params.padding = parsePadding(options.padding);
  if (options.convention !== undefined) params.convention = options.convention;
  for (const setting of options.param ?? []) {
    const [, name, text] = /^(\w+)=(.+)$/.exec(setting) ?? [];
    if (name === undefined || text === undefined) throw badSetting(operator, setting);
    params[name] = /^-?\d+(,-?\d+)*$/.test(text) ? numbers(text) : text;
  }
  return params;
}

function numbers(text: string): ParamValue {
  const list = text.split(',').map(Number);
  return list.length === 1 ? list[0]! : list;
}

function badSetting(operator: Operator, got: string): BackproofError {
  return new BackproofError({
    code: 'bad-setting',
    where: `${operator.name}, --param`,
    what: 'the setting is not of the form name=value',
    expected: `name=value with a name of ${Object.keys(operator.params).join(', ')}`,
    got,
    fix: 'Write for example --param step=2.',
  });
}
