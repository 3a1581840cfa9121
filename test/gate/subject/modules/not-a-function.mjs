export const kernels = { relu: { forward: 'relu' } };
