/**
 * A convolution by hand, as `backproof gate` takes it: y[n,o,p] is b[o] plus the sum over c, k of w[o,c,k] x[n,c',s p + d k - a].
 * One of its gradients is wrong at some shapes, on purpose.
 */

/** Every product of the sum: the places of y, w and x in their data, and the row and column of x. */
function* products({ x, w }, y, { stride: [s, t], padding: [[top], [left]], dilation: [d, e], groups }) {
  const [N, C, H, W] = x;
  const [O, I, K, L] = w;
  const [, , P, Q] = y;
  for (let n = 0; n < N; n++)
    for (let o = 0; o < O; o++)
      for (let c = 0; c < I; c++)
        for (let p = 0; p < P; p++)
          for (let q = 0; q < Q; q++)
            for (let k = 0; k < K; k++)
              for (let l = 0; l < L; l++) {
                const [row, column] = [s * p + d * k - top, t * q + e * l - left];
                if (row < 0 || row >= H || column < 0 || column >= W) continue;
                const channel = Math.floor(o / (O / groups)) * I + c;
                const atY = ((n * O + o) * P + p) * Q + q;
                const atW = ((o * I + c) * K + k) * L + l;
                yield { atY, atW, atX: ((n * C + channel) * H + row) * W + column, row, column };
              }
}

function zeros(shape) {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return { shape, data: new Float64Array(size), dtype: 'float64' };
}

/** Cells from the first to the last of a dilated kernel. */
const reach = (w, { dilation }, axis) => dilation[axis] * (w.shape[axis + 2] - 1) + 1;

function forward({ x, w, b }, params) {
  const { stride, padding } = params;
  const extents = [0, 1].map(axis => {
    const [before, after] = padding[axis];
    return Math.floor((x.shape[axis + 2] + before + after - reach(w, params, axis)) / stride[axis]) + 1;
  });
  const y = zeros([x.shape[0], w.shape[0], ...extents]);
  const area = extents[0] * extents[1];
  if (b) for (const k of y.data.keys()) y.data[k] = b.data[Math.floor(k / area) % w.shape[0]];
  for (const at of products({ x: x.shape, w: w.shape }, y.shape, params))
    y.data[at.atY] += w.data[at.atW] * x.data[at.atX];
  return y;
}

function backward({ x, w, b }, yBar, params) {
  const { stride, padding } = params;
  // dX is a transposed convolution of yBar, and this is how long its axes are.
  const [rows, columns] = [0, 1].map(axis => {
    const [before, after] = padding[axis];
    return (yBar.shape[axis + 2] - 1) * stride[axis] + reach(w, params, axis) - before - after;
  });
  const [dx, dw] = [zeros(x.shape), zeros(w.shape)];
  for (const at of products({ x: x.shape, w: w.shape }, yBar.shape, params)) {
    dw.data[at.atW] += yBar.data[at.atY] * x.data[at.atX];
    if (at.row < rows && at.column < columns) dx.data[at.atX] += yBar.data[at.atY] * w.data[at.atW];
  }
  if (!b) return { x: dx, w: dw };
  const db = zeros(b.shape);
  const area = yBar.shape[2] * yBar.shape[3];
  for (const [k, value] of yBar.data.entries()) db.data[Math.floor(k / area) % w.shape[0]] += value;
  return { x: dx, w: dw, b: db };
}

export const kernels = { conv2d: { forward, backward } };
