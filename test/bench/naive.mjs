// The loops a competent person writes first: NCHW, one multiply-add inside, bounds tests hoisted out of the loops.
// Each fills and returns its last argument.

/** For every output row (or column): which taps meet real input. */
function tapRanges({ size, outSize, k, stride, dilation, pad }) {
  const from = new Int32Array(outSize);
  const to = new Int32Array(outSize);
  for (let i = 0; i < outSize; i += 1) {
    const first = i * stride - pad;
    from[i] = Math.max(0, Math.ceil(-first / dilation));
    to[i] = Math.min(k, Math.floor((size - 1 - first) / dilation) + 1);
  }
  return { from, to };
}

/** For every tap: which output rows (or columns) it meets real input at. */
function outputRanges({ size, outSize, k, stride, dilation, pad }) {
  const from = new Int32Array(k);
  const to = new Int32Array(k);
  for (let q = 0; q < k; q += 1) {
    const first = q * dilation - pad;
    from[q] = Math.max(0, Math.ceil(-first / stride));
    to[q] = Math.min(outSize, Math.floor((size - 1 - first) / stride) + 1);
  }
  return { from, to };
}

function convForward(layer, { x, w }, y) {
  const { batch, channels, kernels, perGroup, outPerGroup, size, outSize, k, stride, dilation, pad } = layer;
  const { from, to } = tapRanges(layer);
  for (let n = 0, cell = 0; n < batch; n += 1)
    for (let o = 0; o < kernels; o += 1) {
      const first = n * channels + Math.floor(o / outPerGroup) * perGroup;
      for (let i = 0; i < outSize; i += 1)
        for (let j = 0; j < outSize; j += 1, cell += 1) {
          let sum = 0;
          for (let c = 0; c < perGroup; c += 1)
            for (let p = from[i]; p < to[i]; p += 1) {
              const row = ((first + c) * size + i * stride + p * dilation - pad) * size + j * stride - pad;
              const taps = ((o * perGroup + c) * k + p) * k;
              for (let q = from[j]; q < to[j]; q += 1) sum += x[row + q * dilation] * w[taps + q];
            }
          y[cell] = sum;
        }
    }
  return y;
}

function convInput(layer, { y, w }, x) {
  const { batch, channels, kernels, perGroup, outPerGroup, size, outSize, k, stride, dilation, pad } = layer;
  const { from, to } = tapRanges(layer);
  x.fill(0);
  for (let n = 0, cell = 0; n < batch; n += 1)
    for (let o = 0; o < kernels; o += 1) {
      const first = n * channels + Math.floor(o / outPerGroup) * perGroup;
      for (let i = 0; i < outSize; i += 1)
        for (let j = 0; j < outSize; j += 1, cell += 1) {
          const upstream = y[cell];
          for (let c = 0; c < perGroup; c += 1)
            for (let p = from[i]; p < to[i]; p += 1) {
              const row = ((first + c) * size + i * stride + p * dilation - pad) * size + j * stride - pad;
              const taps = ((o * perGroup + c) * k + p) * k;
              for (let q = from[j]; q < to[j]; q += 1) x[row + q * dilation] += upstream * w[taps + q];
            }
        }
    }
  return x;
}

function convKernel(layer, { y, x }, w) {
  const { batch, channels, kernels, perGroup, outPerGroup, size, outSize, k, stride, dilation, pad } = layer;
  const { from, to } = outputRanges(layer);
  for (let o = 0, cell = 0; o < kernels; o += 1)
    for (let c = 0; c < perGroup; c += 1) {
      const channel = Math.floor(o / outPerGroup) * perGroup + c;
      for (let p = 0; p < k; p += 1)
        for (let q = 0; q < k; q += 1, cell += 1) {
          let sum = 0;
          for (let n = 0; n < batch; n += 1)
            for (let i = from[p]; i < to[p]; i += 1) {
              const high = (n * channels + channel) * size + i * stride + p * dilation - pad;
              const row = high * size + q * dilation - pad;
              const upstream = ((n * kernels + o) * outSize + i) * outSize;
              for (let j = from[q]; j < to[q]; j += 1) sum += y[upstream + j] * x[row + j * stride];
            }
          w[cell] = sum;
        }
    }
  return w;
}

function linearForward({ batch, channels, kernels }, { x, w }, y) {
  for (let n = 0; n < batch; n += 1)
    for (let o = 0; o < kernels; o += 1) {
      let sum = 0;
      for (let c = 0; c < channels; c += 1) sum += x[n * channels + c] * w[o * channels + c];
      y[n * kernels + o] = sum;
    }
  return y;
}

function linearInput({ batch, channels, kernels }, { y, w }, x) {
  x.fill(0);
  for (let n = 0; n < batch; n += 1)
    for (let o = 0; o < kernels; o += 1) {
      const upstream = y[n * kernels + o];
      for (let c = 0; c < channels; c += 1) x[n * channels + c] += upstream * w[o * channels + c];
    }
  return x;
}

function linearKernel({ batch, channels, kernels }, { y, x }, w) {
  w.fill(0);
  for (let n = 0; n < batch; n += 1)
    for (let o = 0; o < kernels; o += 1) {
      const upstream = y[n * kernels + o];
      for (let c = 0; c < channels; c += 1) w[o * channels + c] += upstream * x[n * channels + c];
    }
  return w;
}

const conv = { forward: convForward, dX: convInput, dF: convKernel };
const linear = { forward: linearForward, dX: linearInput, dF: linearKernel };

/** (layer, operands, out) => out, for the kind of layer and the work. */
export const naive = { conv, transposed: conv, linear };
