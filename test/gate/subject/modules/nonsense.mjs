/** Returns what the parameter says. */
const returned = {
  nothing: () => undefined,
  'promise of nothing': async () => undefined,
  'promise of text': async () => 'done',
  null: () => null,
  number: () => 5,
  array: ({ x }) => x.data,
  list: () => [1, 2],
  function: () => () => {},
  'no dtype': () => ({ shape: [2], data: new Float64Array(2) }),
  'other dtype': () => ({ shape: [2], data: new Float64Array(2), dtype: 'f64' }),
  'plain data': () => ({ shape: [2], data: [1, 2], dtype: 'float64' }),
  'other kind': () => ({ shape: [2], data: new Float32Array(2), dtype: 'float64' }),
  'too short': () => ({ shape: [2, 2], data: new Float64Array(3), dtype: 'float64' }),
  'no shape': () => ({ data: new Float64Array(3), dtype: 'float64' }),
  'bad shape': () => ({ shape: [1.5, 2], data: new Float64Array(3), dtype: 'float64' }),
  'bad gradient': () => ({ x: 3 }),
  'other name': ({ x }) => ({ dx: x }),
  'right tensor': ({ x }) => x,
  'right gradients': ({ x }) => ({ x, w: null, b: undefined }),
  'gradient to a target': ({ x }) => ({ x, target: x }),
};
export const kernels = {
  mse: {
    forward: (inputs, { how }) => returned[how](inputs),
    backward: (inputs, _, { how }) => returned[how](inputs),
  },
};
