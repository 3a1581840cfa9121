/** Claims that are formulas, as text: the right side of the last stage, and where the other names come from. */
import { type Program, parseProgram, programLatex, programText, type Stage } from '../index-sum/index.js';
import { type Claim, COTANGENT, type Formula, OUTPUT } from './claim.js';
import type { Resolved } from './operator.js';

type Shown = (claim: Claim) => string;

/** The formula for every call: "yBar[p]*y[p]*(1 - y[p])", one index for all spatial axes. */
export function formulaRule({ text, inputs }: Formula, shown: Shown): string {
  const lines = text
    .replaceAll('@', '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  return joined(lines, Object.entries(inputs), ', where ', shown);
}

/** The formula at a call, one index per axis, with the tensors as `nameOf` calls them. */
export function formulaText(
  claim: Formula,
  call: Resolved,
  nameOf: (tensor: string) => string,
  shown: Shown,
): string {
  const program = renamed(claim, call, nameOf);
  return joined(programText(program).split('\n'), Object.entries(claim.inputs), ', where ', shown);
}

export function formulaLatex(
  claim: Formula,
  call: Resolved,
  nameOf: (tensor: string) => string,
  shown: Shown,
): string {
  const program = renamed(claim, call, tensor => indexable(nameOf(tensor)));
  const lines = programLatex(program).split(' \\\\\n');
  return joined(lines, Object.entries(claim.inputs), ',\\; \\text{where } ', shown);
}

/** What an index may be set below. */
const indexable = (latex: string): string => (latex.includes('\\frac') ? `\\left(${latex}\\right)` : latex);

/** "right side, where mean[c] = ..., p = softmax(x)"; ranges on the left are left out. */
function joined(
  lines: readonly string[],
  inputs: readonly (readonly [string, Claim])[],
  where: string,
  shown: Shown,
): string {
  const stages = lines.map(line => {
    const [left, ...right] = line.split(' = ');
    return { left: left!.replace(/<[^,\]]+/g, ''), right: right.join(' = ').replace(/\s+/g, ' ') };
  });
  const last = stages.at(-1)!.right;
  const others = [
    ...stages.slice(0, -1).map(({ left, right }) => `${left} = ${right}`),
    ...inputs.map(([name, claim]) => `${name} = ${shown(claim)}`),
  ];
  return others.length === 0 ? last : `${last}${where}${others.join(', ')}`;
}

function renamed(claim: Formula, call: Resolved, nameOf: (tensor: string) => string): Program {
  const program = parseProgram(claim.text, call.rank);
  const own = new Set([...program.stages.map(stage => stage.name), ...Object.keys(claim.inputs)]);
  const taken = new Set([...Object.keys(call.inputs), OUTPUT, COTANGENT].map(nameOf));
  const rename = (tensor: string) => (own.has(tensor) ? unlike(tensor, taken) : nameOf(tensor));
  const stages = program.stages.map(stage => ({ ...withTensors(stage, rename), name: rename(stage.name) }));
  return { ...program, stages };
}

/** The name, with a prime where the caller calls something else by it. */
export const unlike = (name: string, taken: ReadonlySet<string>): string =>
  taken.has(name) ? unlike(`${name}'`, taken) : name;

/** The stage with other names for the tensors that it reads. */
function withTensors(stage: Stage, rename: (tensor: string) => string): Stage {
  const read = readAs(rename);
  switch (stage.kind) {
    case 'sum':
      return { ...stage, terms: stage.terms.map(term => ({ ...term, atoms: term.atoms.map(read) })) };
    case 'max':
      return { ...stage, term: { ...stage.term, atoms: stage.term.atoms.map(read) } };
    case 'pointwise':
      return { ...stage, arguments: stage.arguments.map(read) };
    case 'reciprocal':
      return stage;
  }
}

const readAs =
  (rename: (tensor: string) => string) =>
  <Read extends { readonly tensor: string }>(read: Read): Read => ({ ...read, tensor: rename(read.tensor) });
