/** Claims as formulas, with what changes nothing at the given call left out. */
import type { Shape } from '../tensor/index.js';
import { sameShape } from '../tensor/index.js';
import { claimParams, formulaShape, tensorShape } from './cells.js';
import type { Application, Claim, Formula, TensorClaim } from './claim.js';
import { formulaLatex, formulaRule, formulaText } from './formula-text.js';
import type { Params, Resolved } from './operator.js';
import { operatorNamed } from './registry.js';
import { resolve } from './resolve.js';

/** How the tensors are called. */
export type TensorNames = (tensor: string) => string;

/** The claim for every call, with the sizes by name: "crop(yBar, start=a, length=L)". */
export function claimRule(claim: Claim): string {
  if (claim.kind === 'tensor') return claim.name;
  if (claim.kind === 'formula') return formulaRule(claim, claimRule);
  const settings = Object.entries({ ...claim.sizes, ...claim.modes }).map(
    ([name, text]) => `${name}=${text.replaceAll('@', '')}`,
  );
  return `${claim.operator}(${[...Object.values(claim.inputs).map(claimRule), ...settings].join(', ')})`;
}

/** An application that stays, with the parameters that are not at their defaults. */
interface Step {
  readonly operator: string;
  readonly inputs: readonly Claim[];
  readonly params: Params;
}

/** "crop(correlate(yBar, flip_spatial(w), padding=full), start=1, length=3)" */
export function claimText(claim: Claim, call: Resolved, nameOf: TensorNames = name => name): string {
  if (claim.kind === 'formula') return formulaText(claim, call, nameOf, one => claimText(one, call, nameOf));
  const step = visible(claim, call);
  if ('kind' in step) return nameOf(step.name);
  const settings = Object.entries(step.params).map(([name, value]) => `${name}=${settingText(value)}`);
  return `${step.operator}(${[...step.inputs.map(one => claimText(one, call, nameOf)), ...settings].join(', ')})`;
}

/**
 * The same in the signs of textbooks: \star slides without flipping, \star_{full} over every overlap,
 * *_{full} over every overlap of the rotated second operand. A plain * is read both ways, so it is never written.
 */
export function claimLatex(claim: Claim, call: Resolved, nameOf: TensorNames): string {
  if (claim.kind === 'formula')
    return formulaLatex(claim, call, nameOf, one => claimLatex(one, call, nameOf));
  const step = visible(claim, call);
  if ('kind' in step) return nameOf(step.name);
  const sign = productSign(step);
  const args = step.inputs.map(one => {
    const inner = one.kind === 'formula' ? one : visible(one, call);
    const latex = claimLatex(one, call, nameOf);
    return sign && !('kind' in inner) && productSign(inner) ? parenthesised(latex) : latex;
  });
  if (sign) return args.join(` ${sign} `);
  if (isSumOfAll(step, call)) return `\\sum ${args[0]}`;
  const settings = Object.entries(step.params).map(([name, value]) => settingLatex(name, value));
  const name = step.operator === 'flip_spatial' && call.rank === 2 ? 'rot180' : step.operator;
  const list = parenthesised([...args, ...settings].join(', '));
  return `\\operatorname{${name.replaceAll('_', '-')}}${list}`;
}

/** The sign between the operands of a sliding product; none where something else must be said. */
function productSign({ operator, params }: Step): string | undefined {
  if (Object.keys(params).some(name => name !== 'padding')) return undefined;
  const full = params.padding === 'full';
  if (operator === 'correlate') return full ? '\\star_{full}' : '\\star';
  return operator === 'convolve' && full ? '*_{full}' : undefined;
}

/** With one channel a sum per channel is the sum of every cell. */
function isSumOfAll({ operator, inputs }: Step, call: Resolved): boolean {
  const [only] = inputs;
  return operator === 'channel_sum' && only?.kind === 'tensor' && claimShape(only, call)[1] === 1;
}

function settingLatex(name: string, value: Params[string]): string {
  if (typeof value === 'string') return `\\text{${name} ${value}}`;
  // Beside indices that count from 1, "start 1" would be read as the first cell.
  return `\\text{${name === 'start' ? 'offset' : name} } ${settingText(value)}`;
}

const parenthesised = (latex: string): string =>
  latex.includes('\\frac') ? `\\left(${latex}\\right)` : `(${latex})`;

function settingText(value: Params[string]): string {
  if (typeof value !== 'object') return String(value);
  return value.every(one => one === value[0]) ? String(value[0]) : `[${value.join(', ')}]`;
}

/** Passes over applications that are the identity at this call. */
function visible(claim: Exclude<Claim, Formula>, call: Resolved): Step | TensorClaim {
  if (claim.kind === 'tensor') return claim;
  const params = claimParams(claim, call);
  const inner = claim.inputs.x;
  if (inner && inner.kind !== 'formula' && isIdentity(claim, params, call)) return visible(inner, call);
  const operator = operatorNamed(claim.operator);
  // A length of 1 happens to be the default, but a window is not understood without its length.
  const kept = Object.entries(params).filter(
    ([name, value]) => name === 'length' || !isDefault(value, operator.params[name]!),
  );
  return { operator: claim.operator, inputs: Object.values(claim.inputs), params: Object.fromEntries(kept) };
}

function isDefault(value: Params[string], standard: Params[string]): boolean {
  return [value].flat().every(one => one === standard);
}

function isIdentity(claim: Application, params: Params, call: Resolved): boolean {
  const zero = (name: string) => [params[name] ?? 0].flat().every(one => one === 0);
  switch (claim.operator) {
    case 'zero_stuff':
    case 'dilate':
    case 'subsample':
      return isDefault(params.step ?? 1, 1);
    case 'regroup':
      return params.groups === 1;
    case 'pad':
      return zero('before') && zero('after');
    case 'crop':
    case 'channel_crop':
      return zero('start') && sameShape(claimShape(claim, call), claimShape(claim.inputs.x!, call));
    case 'transpose':
      return claimShape(claim, call)
        .slice(0, 2)
        .every(extent => extent === 1);
    default:
      return false;
  }
}

function claimShape(claim: Claim, call: Resolved): Shape {
  if (claim.kind === 'tensor') return tensorShape(call, claim.name);
  if (claim.kind === 'formula') return formulaShape(claim, call);
  const inputs = Object.entries(claim.inputs).map(([name, one]) => [name, claimShape(one, call)] as const);
  return resolve(operatorNamed(claim.operator), Object.fromEntries(inputs), claimParams(claim, call)).output;
}
