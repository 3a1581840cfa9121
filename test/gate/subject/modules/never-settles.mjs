export const kernels = { relu: { forward: () => new Promise(() => {}) } };
