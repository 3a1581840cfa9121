/** From a directive to the setup it declares: shapes in full, the operator resolved, one meaning per name. */
import { BackproofError } from '../../error.js';
import { type Resolved, resolve } from '../../ops/index.js';
import { perAxis, type Shape, sameShape, shapeText } from '../../tensor/index.js';
import type { OperatorDirective } from './directive.js';
import { atDirective, directiveError, type Source } from './directive-source.js';
import { kernelShape } from './kernel-shape.js';
import { PLAIN_NAMING } from './naming.js';
import type { Role, RoleNames, Setup } from './setup.js';
import { axesOf, contradiction, type FullShape, fullShape, spatialRank, writtenShape } from './shapes.js';

/**
 * @throws BackproofError `missing-role`, `missing-shape`, `setup-contradiction`, `bad-directive-value`, with `line`
 *   and `column` in its data.
 */
export function buildSetup(directive: OperatorDirective, source: Source): Setup {
  checkRoles(directive, source);
  checkNames(directive, source);
  const rank = spatialRank(directive);
  const input = inputShape(directive, source, rank);
  const kernel = directive.roles.kernel ? kernelShape(directive, source, rank, input) : null;
  const channels = kernel?.full[0] ?? input.full[1] ?? 1;
  const bias = biasShape(directive, source, rank, channels);
  const call = resolved(directive, source, { x: input, w: kernel, b: bias });
  const output = outputShape(directive, source, rank, call, input);
  const { loss, upstream, index, product, layer } = directive;
  const taken = Object.values(directive.roles).flatMap(role => role.names);
  return {
    operator: directive.operator,
    call,
    roles: {
      ...named(directive, 'input', input),
      ...named(directive, 'kernel', kernel),
      ...named(directive, 'bias', bias),
      output: { names: directive.roles.output!.names, shape: output },
    },
    loss: loss ?? ['L'].filter(name => !taken.includes(name)),
    upstream,
    index,
    product,
    naming: { ...PLAIN_NAMING, layer },
    inferredFrom: [],
    params: call.params,
  };
}

function named(
  directive: OperatorDirective,
  role: Role,
  shape: FullShape | null,
): Partial<Record<Role, RoleNames>> {
  const written = directive.roles[role];
  return written && shape ? { [role]: { names: written.names, shape: writtenShape(shape) } } : {};
}

function checkRoles(directive: OperatorDirective, source: Source): void {
  const { operator, roles, offset } = directive;
  const needs: readonly (readonly [Role, string])[] = [
    ['input', 'x'],
    ['kernel', 'w'],
    ['bias', 'b'],
  ];
  const needed = needs
    .filter(([, tensor]) => operator.inputs[tensor] !== undefined && !operator.optional.includes(tensor))
    .map(([role]) => role);
  const missing = [...needed, 'output' as const].find(role => roles[role] === undefined);
  if (missing === undefined) return;
  throw directiveError(source, offset, {
    code: 'missing-role',
    what: `${operator.name} needs the name of its ${missing}`,
    expected: [...needed, 'output'].map(role => `${role}=...`).join(' '),
    got: `no ${missing}=`,
    fix: `Add ${missing}=Name${missing === 'output' ? '' : '[dims]'}.`,
    data: { role: missing, operator: operator.name },
  });
}

function checkNames(directive: OperatorDirective, source: Source): void {
  const owners = new Map<string, string>();
  const { roles, loss, upstream } = directive;
  const lists = {
    ...Object.fromEntries(Object.entries(roles).map(([r, { names }]) => [r, names])),
    loss,
    upstream,
  };
  for (const [key, names] of Object.entries(lists)) {
    for (const name of names ?? []) {
      const owner = owners.get(name);
      owners.set(name, key);
      if (owner === undefined) continue;
      throw contradiction(source, directive, key, {
        what: `${name} is the name of both ${owner} and ${key}`,
        expected: 'one meaning for each name',
        got: name,
        fix: `Give ${owner} and ${key} different names, as the notes do.`,
        data: { name, roles: [owner, key] },
      });
    }
  }
}

function inputShape(directive: OperatorDirective, source: Source, rank: number): FullShape {
  const dims = directive.roles.input!.shape;
  if (dims)
    return fullShape(source, directive, 'input', axesOf(directive.operator, 'input', rank), dims, 'C');
  const name = directive.roles.input!.names[0]!;
  throw directiveError(source, directive.offsets.get('input') ?? directive.offset, {
    code: 'missing-shape',
    what: 'the input has no dims',
    expected: `input=${name}[...] with one extent per axis`,
    got: `input=${name}`,
    fix: `Write the dims behind the name, as in input=${name}[3,3].`,
    data: { role: 'input' },
  });
}

/** One number per output channel; a single one is a scalar unless the notes write [1]. */
function biasShape(
  directive: OperatorDirective,
  source: Source,
  rank: number,
  channels: number,
): FullShape | null {
  const bias = directive.roles.bias;
  if (!bias) return null;
  if (bias.shape === undefined) return { full: [channels], written: [channels > 1] };
  return fullShape(source, directive, 'bias', axesOf(directive.operator, 'bias', rank), bias.shape, 'O');
}

/** Refusals of one parameter are bad values; those about shapes contradict each other. */
function resolved(
  directive: OperatorDirective,
  source: Source,
  shapes: Readonly<Record<'x' | 'w' | 'b', FullShape | null>>,
): Resolved {
  const { operator, params, offset } = directive;
  const inputs: Record<string, Shape> = {};
  for (const [name, shape] of Object.entries(shapes)) if (shape) inputs[name] = shape.full;
  try {
    for (const key of ['stride', 'dilation'] as const) {
      const value = params[key];
      if (typeof value === 'number') perAxis(value, spatialRank(directive), key, operator.name);
    }
    return resolve(operator, inputs, params);
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const parameter = String(error.data.parameter ?? '');
    const key = Object.keys(params).find(name => name === parameter || error.where === name);
    const code = key === undefined ? 'setup-contradiction' : 'bad-directive-value';
    const at = directive.offsets.get(key ?? 'kernel') ?? offset;
    return atDirective(source, at, code, () => {
      throw error;
    });
  }
}

/** The notes' output: as declared if that is what the operator gives, else computed. */
function outputShape(
  directive: OperatorDirective,
  source: Source,
  rank: number,
  call: Resolved,
  input: FullShape,
): Shape {
  const axes = axesOf(directive.operator, 'output', rank);
  const dims = directive.roles.output!.shape;
  if (call.output.includes(0)) {
    throw contradiction(source, directive, 'kernel', {
      what: 'the kernel does not fit into the padded input, so the output is empty',
      expected: 'an output with at least one cell',
      got: shapeText(call.output),
      fix: 'Correct the dims, the padding or the dilation.',
      data: { output: call.output },
    });
  }
  if (dims === undefined) {
    const batch = axes.fixed.indexOf('N');
    const withBatch = batch >= 0 && input.written[batch] === true;
    return call.output.filter((extent, axis) => axis >= axes.fixed.length || extent > 1 || withBatch);
  }
  const declared = fullShape(
    source,
    directive,
    'output',
    axes,
    dims,
    axes.fixed.find(name => name !== 'N') ?? '',
  );
  if (sameShape(declared.full, call.output)) return writtenShape(declared);
  throw contradiction(source, directive, 'output', {
    what: `the output of ${directive.operator.name} does not have the declared dims`,
    expected: `${shapeText(call.output.slice(axes.fixed.length))} (in full ${shapeText(call.output)})`,
    got: shapeText(dims),
    fix: 'Correct the dims of the output, the input or the kernel, or the stride, padding or dilation.',
    data: { expected: call.output, got: dims },
  });
}
