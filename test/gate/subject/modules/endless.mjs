console.log('about to begin');
export const kernels = {
  relu: {
    forward() {
      console.log('round');
      console.log('and round');
      for (;;);
    },
  },
};
