const deeper = depth => deeper(depth + 1) + 1;
export const kernels = { relu: { forward: () => deeper(0) } };
