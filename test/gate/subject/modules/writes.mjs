/** Writes where the parameter says, and returns something in order. */
const places = {
  x: ({ x }) => (x.data[1] = 7),
  w: ({ w }) => (w.data[0] += 1),
  shape: ({ x }) => (x.shape[0] = 9),
  before: ({ x }) => (new Float64Array(x.data.buffer)[x.data.byteOffset / 8 - 1] = 7),
  after: ({ w }) => (new Float64Array(w.data.buffer)[w.data.byteOffset / 8 + w.data.length] = 7),
  detached: ({ x }) => structuredClone(x.data.buffer, { transfer: [x.data.buffer] }),
  replaced: inputs => (inputs.x = { ...inputs.x }),
  swapped: ({ x }) => (x.data = x.data.slice()),
  added: inputs => (inputs.cache = 1),
  removed: inputs => delete inputs.w,
  params: (_, params) => (params.stride[0] = 5),
  padding: (_, params) => (params.padding[0][1] = 5),
  nothing: () => {},
};
const y = () => ({ shape: [1], data: new Float64Array(1), dtype: 'float64' });
export const kernels = {
  conv2d: {
    forward(inputs, params) {
      places[params.how](inputs, params);
      return y();
    },
    backward(_, upstream) {
      upstream.data.fill(0);
      return { x: y() };
    },
  },
};
