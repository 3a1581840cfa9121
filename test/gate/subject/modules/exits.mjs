export const kernels = {
  relu: {
    forward() {
      console.error('leaving');
      process.exit(3);
    },
  },
};
