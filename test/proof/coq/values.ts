/** The readable definitions of an exported theorem at numbers, in Coq and by brute force. */
import type { ProvedTheorem } from '../../../src/proof/coq/file.js';
import { sumOf, type Tensors, type Values } from '../trusted/meaning.js';

/** Small whole numbers without a pattern, positive and negative. */
const weight = (tensor: string) => tensor.charCodeAt(0) % 7;
const cell = (tensor: string, index: readonly number[]) =>
  index.reduce((sum, at, axis) => sum + at * at * (axis + 2) - at * (2 * axis + 3), weight(tensor) - 3);

const cellText = (tensor: string, rank: number) =>
  Array.from({ length: rank }, (_, k) => `ix${k + 1} * ix${k + 1} * ${k + 2} - ix${k + 1} * ${2 * k + 3}`)
    .concat(`${weight(tensor) - 3}`)
    .join(' + ');

const PRIME = 2n ** 61n - 1n;
const signed = (value: bigint) => (value > PRIME / 2n ? value - PRIME : value);

function valuesOf({ theorem, proof }: ProvedTheorem, count: number): Tensors {
  const { tensors, definitions } = theorem.statement;
  const parameters: Values = new Map([...proof.witness].map(([name, value]) => [name, Number(value)]));
  return (tensor, index) => {
    if (tensors.has(tensor)) return [((BigInt(cell(tensor, index)) % PRIME) + PRIME) % PRIME, 0n];
    const at = definitions.findIndex(({ name }, k) => k < count && name === tensor);
    const { free, terms } = definitions[at]!;
    const values = new Map([
      ...parameters,
      ...free.map(({ name }, k): [string, number] => [name, index[k]!]),
    ]);
    return sumOf(terms, values, valuesOf({ theorem, proof }, at));
  };
}

/** A module in which every definition has to have the value that it has by brute force, inside and outside. */
export function valuesModule(one: ProvedTheorem, module: string, text: string): string {
  const { statement } = one.theorem;
  const start = text.indexOf('Section Statement.', text.indexOf(`Module ${module}.`));
  const readable = text.slice(start, text.indexOf('Theorem statement', start));
  const parameters = statement.parameters.map(
    name => `Definition ${name} : Z := ${one.proof.witness.get(name)}.`,
  );
  const definitions = readable
    .replace('Section Statement.', `Module ${module}_values.`)
    .replace('Context {ring : CommutativeRing}.', 'Local Existing Instance integers.')
    .replace(/^Variables .*$/m, parameters.join('\n'))
    .replace(/^Hypothesis .*\n/gm, '')
    .replace(/^Variable (\w+) : (.*)carrier\.$/gm, (_, name: string, axes: string) => {
      const rank = axes.split('->').length - 1;
      const binder =
        rank > 0 ? ` (${Array.from({ length: rank }, (_, k) => `ix${k + 1}`).join(' ')} : Z)` : '';
      return `Definition ${name}${binder} : carrier := ${cellText(name, rank)}.`;
    });
  const read = valuesOf(one, statement.definitions.length);
  const goals = statement.definitions.flatMap(({ name, free }) =>
    [0, 1, 2, 3].map(seed => {
      const index = free.map((_, axis) => (((seed + 1) * (axis + 2)) % 4) - (seed % 2));
      const value = signed(read(name, index)[0]);
      return `Goal ${name} ${index.map(at => `(${at})`).join(' ')} = (${value}) :> Z. Proof. vm_compute. reflexivity. Qed.`;
    }),
  );
  return [definitions, ...goals, `End ${module}_values.`, ''].join('\n');
}
