/** A right conv2d by plain loops; its backward pass is async. */
const each = (shape, visit, index = []) => {
  if (index.length === shape.length) visit(...index);
  else for (let k = 0; k < shape[index.length]; k++) each(shape, visit, [...index, k]);
};
const flat = (shape, ...index) => shape.reduce((sum, extent, axis) => sum * extent + index[axis], 0);
const zeros = shape => ({
  shape,
  data: new Float64Array(shape.reduce((cells, extent) => cells * extent, 1)),
  dtype: 'float64',
});

/** Every product: n, output channel, output row and column, and the places in x and w. */
function taps({ x, w }, { stride, padding, dilation, groups }, output, visit) {
  const [, perGroup, kernelHeight, kernelWidth] = w.shape;
  const outputsPerGroup = w.shape[0] / groups;
  each(output, (n, o, row, column) => {
    each([perGroup, kernelHeight, kernelWidth], (c, i, j) => {
      const high = row * stride[0] + i * dilation[0] - padding[0][0];
      const wide = column * stride[1] + j * dilation[1] - padding[1][0];
      if (high < 0 || wide < 0 || high >= x.shape[2] || wide >= x.shape[3]) return;
      const channel = Math.floor(o / outputsPerGroup) * perGroup + c;
      visit([n, o, row, column], flat(x.shape, n, channel, high, wide), flat(w.shape, o, c, i, j));
    });
  });
}

function forward(inputs, params) {
  const { x, w, b } = inputs;
  const extent = axis => {
    const [before, after] = params.padding[axis];
    const reach = (w.shape[2 + axis] - 1) * params.dilation[axis] + 1;
    return Math.floor((x.shape[2 + axis] + before + after - reach) / params.stride[axis]) + 1;
  };
  const y = zeros([x.shape[0], w.shape[0], extent(0), extent(1)]);
  if (b) each(y.shape, (...index) => (y.data[flat(y.shape, ...index)] = b.data[index[1]]));
  taps(inputs, params, y.shape, (index, atX, atW) => {
    y.data[flat(y.shape, ...index)] += x.data[atX] * w.data[atW];
  });
  return y;
}

async function backward(inputs, upstream, params) {
  const { x, w, b } = inputs;
  const gradients = { x: zeros([...x.shape]), w: zeros([...w.shape]), b: b && zeros([...b.shape]) };
  const at = index => upstream.data[flat(upstream.shape, ...index)];
  taps(inputs, params, upstream.shape, (index, atX, atW) => {
    gradients.x.data[atX] += at(index) * w.data[atW];
    gradients.w.data[atW] += at(index) * x.data[atX];
  });
  if (b) each(upstream.shape, (...index) => (gradients.b.data[index[1]] += at(index)));
  return gradients;
}

export const kernels = {
  conv2d: { forward, backward, declares: { dtypes: ['float64'], deterministic: true } },
};
