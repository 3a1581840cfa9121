/** From shapes and parameters to a checked call: names every size, or says what does not fit. */
import { BackproofError, textOf } from '../error.js';
import { type Shape, shapeText, size } from '../tensor/index.js';
import { realParameters } from './definition.js';
import { type Operator, outputLayout, type Params, type Resolved, type Sizes } from './operator.js';
import { wrongValue } from './parameters.js';

/**
 * Checks shapes and parameters against the record and computes every size of the definition.
 * @throws BackproofError `bad-call`, `missing-input`, `unknown-input`, `unknown-parameter`, `rank-mismatch`,
 *   `size-mismatch`, `bad-shape`, and what the operator's own size rule refuses.
 */
export function resolve(
  operator: Operator,
  inputs: Readonly<Record<string, Shape>>,
  given: Params = {},
): Resolved {
  checkRecords(operator, inputs, given);
  checkNames(operator, inputs, given);
  // An undefined parameter is one that is not given.
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const params = { ...operator.params, ...Object.fromEntries(set) };
  const rank =
    typeof operator.rank === 'function'
      ? operator.rank(params)
      : (operator.rank ?? spatialRank(operator, inputs));
  const dims: Record<string, number> = {};
  for (const [name, layout] of Object.entries(operator.inputs)) {
    const shape = inputs[name];
    if (shape !== undefined) bindLayout(operator.name, name, layout, shape, rank, dims);
  }
  const sizes: Sizes = { ...dims, ...operator.sizes(dims, params, rank) };
  checkReals(operator, params, rank);
  const output = layoutNames(outputLayout(operator, params), rank).map(name => sizes[name]!);
  // An undefined shape is that of an input that is left out.
  const present = Object.entries(inputs).filter(([, shape]) => shape !== undefined);
  return { rank, params, sizes, inputs: Object.fromEntries(present), output };
}

/** @throws BackproofError `bad-parameter` unless every parameter that is a real number is a finite one. */
function checkReals(operator: Operator, params: Params, rank: number): void {
  for (const name of realParameters(operator, params, rank)) {
    if (!Number.isFinite(params[name])) throw wrongValue(name, 'a finite number', params[name]!);
  }
}

/** The size names of a layout: "N C L@" at rank 2 is N, C, L1, L2. */
export function layoutNames(layout: string, rank: number): string[] {
  return layout
    .split(' ')
    .filter(name => name !== '')
    .flatMap(name =>
      name.endsWith('@') ? Array.from({ length: rank }, (_, k) => `${name.slice(0, -1)}${k + 1}`) : [name],
    );
}

/** Callers without types may pass anything. */
function checkRecords({ name }: Operator, inputs: unknown, params: unknown): void {
  const bad = [['shapes', inputs] as const, ['params', params] as const].find(
    ([, value]) => typeof value !== 'object' || value === null || Array.isArray(value),
  );
  if (!bad) return;
  throw new BackproofError({
    code: 'bad-call',
    where: name,
    what: `the ${bad[0]} are not a record`,
    expected:
      bad[0] === 'shapes' ? 'an object such as { x: [1, 1, 3, 3] }' : 'an object such as { stride: 2 }',
    got: textOf(bad[1]),
    fix: 'Pass an object with one entry per name.',
  });
}

function checkNames(operator: Operator, inputs: Readonly<Record<string, Shape>>, params: Params): void {
  const where = operator.name;
  const [names, parameters] = [Object.keys(operator.inputs), Object.keys(operator.params)];
  const missing = names.find(name => !inputs[name] && !operator.optional.includes(name));
  const unknown = Object.keys(inputs).find(name => !names.includes(name));
  const parameter = Object.keys(params).find(name => !parameters.includes(name));
  const refuse = (code: string, what: string, known: readonly string[], got: string, fix: string) =>
    new BackproofError({ code, where, what, expected: known.join(', ') || 'none', got, fix });
  if (missing) {
    const got = Object.keys(inputs).join(', ') || 'none';
    throw refuse(
      'missing-input',
      `the shape of ${missing} is not given`,
      names,
      got,
      `Give ${missing} a shape.`,
    );
  }
  if (unknown !== undefined)
    throw refuse('unknown-input', 'there is no such input', names, unknown, 'Use one of its inputs.');
  if (parameter !== undefined) {
    const fix = 'Correct the name or leave it out.';
    throw refuse('unknown-parameter', 'there is no such parameter', parameters, parameter, fix);
  }
}

function spatialRank(operator: Operator, inputs: Readonly<Record<string, Shape>>): number {
  const [name, layout] = Object.entries(operator.inputs)[0]!;
  const fixed = layout.split(' ').filter(part => !part.endsWith('@')).length;
  return Math.max(0, inputs[name]!.length - fixed);
}

function bindLayout(
  where: string,
  name: string,
  layout: string,
  shape: Shape,
  rank: number,
  dims: Record<string, number>,
): void {
  size(shape, `${where}: ${name}`);
  const names = layoutNames(layout, rank);
  if (names.length !== shape.length) {
    throw new BackproofError({
      code: 'rank-mismatch',
      where,
      what: `${name} has the wrong number of axes`,
      expected: `${names.length} axes (${names.join(' ')})`,
      got: `${shape.length} in ${shapeText(shape)}`,
      fix: `Give ${name} one extent for each of ${names.join(' ')}.`,
      data: { input: name, shape },
    });
  }
  names.forEach((dim, axis) => {
    const extent = shape[axis]!;
    if (dims[dim] !== undefined && dims[dim] !== extent) {
      throw new BackproofError({
        code: 'size-mismatch',
        where,
        what: `${name} has ${extent} at axis ${axis} (${dim}) of ${shapeText(shape)}`,
        expected: `${dims[dim]}, as the other inputs have it`,
        got: String(extent),
        fix: `Make ${dim} the same everywhere.`,
        data: { input: name, axis, expected: dims[dim], got: extent },
      });
    }
    dims[dim] = extent;
  });
}
