/** One misbehaviour for each operator name, in a module of its own thread. */
const tensor = (like, value) => ({ shape: like.shape, dtype: like.dtype, data: like.data.map(value) });

/** Right, but for one cell that is not written. */
const relu = {
  declares: { out: true, kink: 0 },
  forward({ x }, _params, out) {
    const y = tensor(x, value => Math.max(value, 0));
    out?.data.set(y.data.subarray(1), 1);
    return out ? undefined : y;
  },
  backward({ x }, yBar, _params, out) {
    const dx = tensor(x, (value, k) => (value > 0 ? yBar.data[k] : 0));
    if (out) for (let k = 0; k < dx.data.length; k++) out.x.data[k] += dx.data[k];
    return out ? undefined : { x: dx };
  },
};

let calls = 0;
/** Its last digits depend on how often it was called. */
const tanh = {
  declares: { deterministic: true },
  forward: ({ x }) => tensor(x, value => Math.tanh(value) * (calls++ === 0 ? 1 + 2 ** -52 : 1)),
  backward: ({ x }, yBar) => ({ x: tensor(x, (value, k) => yBar.data[k] * (1 - Math.tanh(value) ** 2)) }),
};

/** Writes one cell behind its output, and to yBar. */
const leaky_relu = {
  declares: { out: true },
  forward({ x }, { negative_slope }, out) {
    const y = tensor(x, value => (value > 0 ? value : negative_slope * value));
    if (!out) return y;
    out.data.set(y.data);
    new Float64Array(out.data.buffer, out.data.byteOffset + out.data.byteLength, 1)[0] = 0;
  },
  backward({ x }, yBar, { negative_slope }, out) {
    const dx = tensor(x, (value, k) => (value > 0 ? 1 : negative_slope) * yBar.data[k]);
    yBar.data[0] = 0;
    if (!out) return { x: dx };
    out.x.data.set(dx.data);
  },
};

/** Reads its operands as if they were dense, and hangs on a NaN. */
const sigmoid = {
  declares: { strides: true, specialValues: true },
  forward({ x }) {
    const cells = x.shape.reduce((a, b) => a * b, 1);
    while (x.data.some(Number.isNaN) && !x.strides);
    return {
      shape: x.shape,
      dtype: x.dtype,
      data: x.data.slice(0, cells).map(value => 1 / (1 + Math.exp(-value))),
    };
  },
  backward() {
    throw new Error('not today');
  },
};

export const kernels = { relu, tanh, leaky_relu, sigmoid };
