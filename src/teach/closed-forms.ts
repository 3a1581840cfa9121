/** Each gradient as one formula, from the claims that the record makes. */
import { type Claim, COTANGENT, claimLatex, claimText, type Hole, OUTPUT } from '../ops/index.js';
import type { Part, TableCall } from './call.js';
import type { ClosedForm, GradientTable } from './gradient-table.js';
import { derivative, derivativeLatex, latexName } from './names.js';

/** True for all values at the call at hand: what changes nothing there is left out. */
export function closedForms(table: TableCall): GradientTable['closedForms'] {
  const claims = table.operator.claims(table.call.params, table.call.rank);
  const form = (part: Part) => [part.role, closedForm(table, part, claims[part.tensor]!)] as const;
  const { input, kernel, bias } = Object.fromEntries(table.parts.map(form));
  return { input: input!, ...(kernel && { kernel }), ...(bias && { bias }) };
}

function closedForm(table: TableCall, part: Part, claim: Claim | Hole): ClosedForm {
  const { loss, output, call } = table;
  const [lossLatex, outputLatex] = [latexName(loss), latexName(output.name)];
  const left = derivative(loss, part.name);
  const leftLatex = derivativeLatex(lossLatex, latexName(part.name));
  if (claim.kind === 'hole') {
    return {
      latex: `${leftLatex}: \\text{no closed form}`,
      text: `${left}: no closed form, ${claim.reason}`,
    };
  }
  const names = new Map([...table.parts.map(one => [one.tensor, one.name] as const), [OUTPUT, output.name]]);
  for (const [tensor, { name }] of table.others) names.set(tensor, name);
  const text = claimText(claim, call, one =>
    one === COTANGENT ? derivative(loss, output.name) : (names.get(one) ?? one),
  );
  const latex = claimLatex(claim, call, one =>
    one === COTANGENT ? derivativeLatex(lossLatex, outputLatex) : latexName(names.get(one) ?? one),
  );
  return { latex: `${leftLatex} = ${latex}`, text: `${left} = ${text}` };
}
