export const kernels = {
  relu: { forward: ({ x }) => new Promise(resolve => setTimeout(resolve, 100, x)) },
};
