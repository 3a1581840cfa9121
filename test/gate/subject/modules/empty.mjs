export const kernels = {};
