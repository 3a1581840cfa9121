/** Says what it was given. */
const vector = values => ({ shape: [values.length], data: Float64Array.from(values), dtype: 'float64' });
export const kernels = {
  tanh: { forward: ({ x }) => vector([...x.data, ...x.strides, x.offset]) },
  sigmoid: { forward: ({ x }) => x },
  relu: {
    declares: { out: true },
    forward(...args) {
      const out = args[2];
      if (!out) return vector([args.length, ...Object.values(args[0]).map(({ data }) => data.byteOffset)]);
      out.data.fill(4);
    },
    backward(...args) {
      const out = args[3];
      if (!out) return { x: vector([args.length, ...args[1].data]) };
      out.x.data.fill(5);
      const all = new Float64Array(out.x.data.buffer);
      if (args[0].x.data[0] === 13) all[out.x.data.byteOffset / 8 - 1] = 5;
      if (args[0].x.data[0] === 14) all[out.x.data.byteOffset / 8 + out.x.data.length] = 5;
    },
  },
};
