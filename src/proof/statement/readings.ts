/** What the given tensors of a draft stand for, in words. */
import { sumText } from '../../index-sum/index.js';
import { unitTexts } from '../domain.js';
import type { Draft, OpaqueFunction } from './draft.js';
import { termsFrom } from './opaque.js';

/** "e[n, k] = exp(x[n, k]), with exp' = exp"; "r[]*N*L1 = 1"; "the selection is held fixed". */
export function readings(draft: Draft): string[] {
  const cell = (name: string, free: readonly { readonly name: string }[]) =>
    `${name}[${free.map(one => one.name).join(', ')}]`;
  const opaque = [...draft.opaques].map(
    ([name, { fn, free, of }]) => `${cell(name, free)} = ${WORDS[fn](sumText(termsFrom(of)))}`,
  );
  const rules = [...new Set([...draft.opaques.values()].map(({ fn }) => RULES[fn]))];
  const maxima = [...draft.maxima].map(
    ([name, { selection }]) =>
      `${name} is the maximum of its window, at the cell that ${selection} chooses, which is held fixed`,
  );
  return [
    ...unitTexts(draft.units),
    ...opaque,
    ...maxima,
    ...(rules.length > 0 ? [`differentiated by ${rules.join(', ')}`] : []),
  ];
}

const WORDS: Readonly<Record<OpaqueFunction, (of: string) => string>> = {
  exp: of => `exp(${of})`,
  log: of => `log(${of})`,
  reciprocal: of => `1/(${of})`,
  sqrt: of => `sqrt(${of})`,
  tanh: of => `tanh(${of})`,
  normcdf: of => `normcdf(${of})`,
  normpdf: of => `normpdf(${of})`,
  positive: of => `(1 where ${of} > 0, else 0)`,
};

const RULES: Readonly<Record<OpaqueFunction, string>> = {
  exp: "exp' = exp",
  log: "log'(u) = 1/u",
  reciprocal: "(1/u)' = -1/u^2",
  sqrt: "sqrt'(u) = 1/(2 sqrt(u))",
  tanh: "tanh' = 1 - tanh^2",
  normcdf: "normcdf' = normpdf",
  normpdf: "normpdf'(u) = -u normpdf(u)",
  positive: 'a step has the derivative 0',
};
