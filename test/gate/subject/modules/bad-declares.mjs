export const kernels = { relu: { forward: ({ x }) => x, declares: { dtypes: ['float64', 'f32'] } } };
