/** Class indices at the edge: definitions see one-hot rows only. */
import { fromArray, oneHot } from '../../tensor/index.js';
import type { VectorCase, VectorTensor, VectorTensors } from './case.js';
import { described, fault, type Place, within } from './fields.js';

type Call = Pick<VectorCase, 'params' | 'inputs'>;

/** The target of this call is an index per row, not a probability per class. */
export function hasIndices({ params, inputs }: Call): boolean {
  return params.target_kind === 'indices' && inputs.target !== undefined;
}

/** The inputs as the definition reads them: int32 [N] becomes [N, K], 1 at the class and 0 elsewhere. */
export function withOneHot(call: Call): VectorTensors {
  const { target, x } = call.inputs;
  if (!hasIndices(call) || !target || !x) return call.inputs;
  const indices = fromArray(target.shape, target.data.map(Number), 'int32');
  const { shape, data } = oneHot(indices, x.shape.at(-1)!);
  return { ...call.inputs, target: { shape, dtype: x.dtype, data: [...data] } };
}

/** @throws BackproofError `vector-type`, `vector-length`, `vector-number` unless every row of x has the index of a class. */
export function checkIndices(call: Call, place: Place): void {
  const { target, x } = call.inputs;
  if (!hasIndices(call) || !target || !x) return;
  const at = within(within(place, 'inputs'), 'target');
  checkKind(target, x, at);
  const classes = x.shape.at(-1)!;
  const cell = target.data.findIndex(index => Number(index) < 0 || Number(index) >= classes);
  if (cell < 0) return;
  throw fault(within(within(at, 'data'), cell), {
    code: 'vector-number',
    what: 'there is no class of this index',
    expected: `an integer from 0 to ${classes - 1}: x has ${classes} classes`,
    got: described(target.data[cell]),
    fix: 'Count the classes from 0.',
  });
}

function checkKind({ shape, dtype }: VectorTensor, x: VectorTensor, place: Place): void {
  const refuse = (code: string, key: string, what: string, expected: string, got: string) =>
    fault(within(place, key), { code, what, expected, got, fix: 'Or write target_kind probabilities.' });
  if (dtype !== 'int32')
    throw refuse('vector-type', 'dtype', 'class indices are no numbers of this kind', 'int32', dtype);
  const rows = x.shape.slice(0, -1);
  if (x.shape.length === 2 && shape.length === 1 && shape[0] === rows[0]) return;
  const expected = `[N] for x [N, K]: [${rows.join(',')}]`;
  throw refuse(
    'vector-length',
    'shape',
    'there is not one index for each row of x',
    expected,
    `[${shape.join(',')}]`,
  );
}
