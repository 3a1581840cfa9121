export const kernels = {
  relu: {
    async forward({ x }) {
      const until = Date.now() + 60_000;
      while (Date.now() < until);
      return x;
    },
  },
};
