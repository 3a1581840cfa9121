/** What a finding looks like to people. */
import { shapeText } from '../../../src/tensor/index.js';
import type { Finding } from './run.js';

export function findingText({ trial, difference }: Finding): string {
  const { op, shapes, params, dtype, filling, seed } = trial;
  const call = Object.entries(shapes).map(([name, shape]) => `${name} ${shapeText(shape)}`);
  const settings = Object.entries(params).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const lines = [
    ...differenceLines(op, difference),
    ['call', `${[...call, ...settings].join(', ')}; ${dtype}, ${filling}, seed ${seed}`],
    ['replay', `npm run fuzz -- --replay '${JSON.stringify(trial)}'`],
  ];
  return lines.map(([name, text]) => (text === undefined ? name : `  ${name!.padEnd(9)} ${text}`)).join('\n');
}

function differenceLines(op: string, difference: Finding['difference']): string[][] {
  if ('crash' in difference) return [[`${op}: a witness breaks down`], ['error', difference.crash]];
  const { result, witness, cell, expected, got, bound } = difference;
  const head = /^(y|d.+)$/.test(result)
    ? `${op}: the ${witness} of ${result} is not what the definition gives`
    : `${op}: the ${witness} writes to its input ${result}`;
  const allowed = bound > 0 ? ` (may be off by ${bound.toPrecision(3)})` : '';
  return [
    [head],
    ['cell', cell === null ? `${result}: shape or element type` : `${result}[${cell.join(',')}]`],
    ['expected', `${expected}${allowed}`],
    ['got', got],
  ];
}
