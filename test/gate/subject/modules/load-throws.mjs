JSON.parse('{');
export const kernels = {};
