/** Shapes and parameters of a call, from the command line's words. */
import { BackproofError } from '../error.js';
import { type Operator, type Params, type ParamValue, placeInputs, spatialAxes } from '../ops/index.js';
import { parseNamedShape, parsePadding, parsePerAxis, parseShape, type Shape } from '../tensor/index.js';

/** Options that several commands share; all texts as typed. */
export interface CallOptions {
  readonly input?: string;
  readonly kernel?: string;
  readonly bias?: string;
  readonly target?: string;
  /** tensor=Name[extents], for an input that has no option of its own. */
  readonly also?: readonly string[];
  readonly stride?: string;
  readonly padding?: string;
  readonly dilation?: string;
  readonly groups?: string;
  readonly convention?: string;
  readonly param?: readonly string[];
}

/**
 * The full shape of each input: spatial extents, with channel and batch in front where they are wanted. Names before
 * the extents (X=3x3) are allowed; a bias needs no extents.
 * @throws BackproofError `missing-shape`, `unknown-input`, and what the shapes' own reading refuses.
 */
export function shapesFrom(operator: Operator, options: CallOptions, params: Params): Record<string, Shape> {
  const kernel = kernelOption(operator, options);
  const given = {
    x: tensorOption(operator, 'input', options.input).shape,
    w: kernel?.shape,
    b: options.bias === undefined ? undefined : parseNamedShape(options.bias).shape,
    ...Object.fromEntries(
      Object.entries(otherTensors(operator, options)).map(([name, { shape }]) => [name, shape]),
    ),
  };
  const placed = placeInputs(operator, given, spatialAxes(operator, params, given.x), params);
  const wanted = Object.keys(operator.inputs).filter(
    name => !operator.optional.includes(name) || options.bias !== undefined,
  );
  return Object.fromEntries(wanted.map(name => [name, placed.get(name)!.full]));
}

/**
 * The kernel, for an operator that has one.
 * @throws BackproofError `unknown-input` for a kernel or a bias that the operator does not have; `missing-shape`.
 */
export function kernelOption(operator: Operator, options: CallOptions) {
  const optional = [
    ['kernel', 'w'],
    ['bias', 'b'],
  ] as const;
  const stranger = optional.find(
    ([option, tensor]) => options[option] !== undefined && operator.inputs[tensor] === undefined,
  );
  if (stranger) {
    const [option] = stranger;
    throw new BackproofError({
      code: 'unknown-input',
      where: operator.name,
      what: `it has no ${option}`,
      expected: Object.keys(operator.inputs).join(', '),
      got: `--${option} ${options[option]}`,
      fix: `Leave --${option} out.`,
    });
  }
  return operator.inputs.w === undefined ? undefined : tensorOption(operator, 'kernel', options.kernel);
}

/** Inputs that are neither input, kernel nor bias. @throws BackproofError `unknown-input`, `bad-setting`. */
export function otherTensors(
  operator: Operator,
  { target, also = [] }: CallOptions,
): Record<string, { name?: string; shape?: Shape }> {
  const settings = [...(target === undefined ? [] : [`target=${target}`]), ...also];
  return Object.fromEntries(
    settings.map(setting => {
      const [, tensor, text] = /^(\w+)=(.+)$/.exec(setting) ?? [];
      if (tensor === undefined || text === undefined) throw badSetting(operator, setting);
      if (!(tensor in operator.inputs) || ['x', 'w', 'b'].includes(tensor))
        throw noSuchInput(operator, setting);
      if (/^[[\d]/.test(text)) return [tensor, { shape: parseShape(text) }];
      const { names, shape } = parseNamedShape(text);
      return [tensor, { name: names[0]!, ...(shape && { shape }) }];
    }),
  );
}

function noSuchInput({ name, inputs }: Operator, got: string): BackproofError {
  const others = Object.keys(inputs).filter(input => !['x', 'w', 'b'].includes(input));
  return new BackproofError({
    code: 'unknown-input',
    where: name,
    what: 'it has no such input beside input, kernel and bias',
    expected: others.join(', ') || 'none',
    got,
    fix: 'Leave it out.',
  });
}

const USUAL = { input: { letter: 'X', tensor: 'x' }, kernel: { letter: 'F', tensor: 'w' } } as const;

/**
 * "X=3x3", "X[3,3]" or, with the usual letter, "3x3".
 * @throws BackproofError `missing-shape`, `unreadable-shape`.
 */
export function tensorOption(
  operator: Operator,
  option: 'input' | 'kernel',
  text = '',
): { name: string; shape: Shape } {
  const { letter, tensor } = USUAL[option];
  if (/^[[\d]/.test(text)) return { name: letter, shape: parseShape(text) };
  const { names, shape } = text === '' ? { names: [], shape: undefined } : parseNamedShape(text);
  if (shape !== undefined) return { name: names[0]!, shape };
  throw new BackproofError({
    code: 'missing-shape',
    where: operator.name,
    what: `the shape of the ${option} is not given`,
    expected: `--${option} with extents, and a name if wanted`,
    got: text || 'nothing',
    fix: `Add for example --${option} ${letter}=${operator.examples[0]!.shapes[tensor]!.join('x')}.`,
  });
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
    params[name] = settingValue(text);
  }
  return params;
}

/** Numbers, one or several; a switch; or a name. */
function settingValue(text: string): ParamValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[-+]?[\d.]+(e[-+]?\d+)?(,[-+]?[\d.]+(e[-+]?\d+)?)*$/i.test(text) ? numbers(text) : text;
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
