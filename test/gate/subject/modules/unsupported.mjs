export const kernels = {
  relu: {
    forward() {
      throw Object.assign(new Error('no float32 here'), { code: 'unsupported' });
    },
  },
  tanh: { forward: () => Promise.reject({ code: 'unsupported' }) },
};
