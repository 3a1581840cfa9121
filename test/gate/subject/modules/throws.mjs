function inner(x) {
  throw new RangeError(`no idea what to do with ${x.shape}`);
}
export const kernels = {
  relu: {
    forward({ x }) {
      console.error('near the end');
      return inner(x);
    },
  },
  tanh: {
    async forward() {
      throw null;
    },
  },
  sigmoid: {
    forward() {
      throw {
        get message() {
          throw new Error('even this');
        },
      };
    },
  },
};
