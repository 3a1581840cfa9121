/** conv2d in which every number is pushed to what it reaches, from the last cell to the first: sums run backwards. */
import type { Form } from '../sliding/form.js';
import type { Style } from '../sliding/style.js';

/** Visits every product of the layer once, from the larger tensor's side: places in its cell, in w and in the smaller tensor. */
function forEachProduct(form: Form, visit: (large: number, tap: number, small: number) => void): void {
  const {
    batch,
    groups,
    smallChannels: A,
    largeChannels: B,
    large,
    small,
    kernel,
    stride,
    dilation,
    before,
  } = form;
  const [H, W] = [large[0]!, large[1]!];
  const [P, Q] = [small[0]!, small[1]!];
  const [K, J] = [kernel[0]!, kernel[1]!];
  for (let plane = 0; plane < batch * groups * B; plane++) {
    const [image, b] = [Math.floor(plane / B), plane % B];
    for (let cell = H * W - 1; cell >= 0; cell--) {
      const [row, column] = [Math.floor(cell / W) + before[0]!, (cell % W) + before[1]!];
      for (let tap = 0; tap < K * J; tap++) {
        const p = (row - dilation[0]! * Math.floor(tap / J)) / stride[0]!;
        const q = (column - dilation[1]! * (tap % J)) / stride[1]!;
        if (!(p >= 0 && p < P && q >= 0 && q < Q) || p % 1 !== 0 || q % 1 !== 0) continue;
        for (let a = 0; a < A; a++) {
          const weight = (((image % groups) * A + a) * B + b) * K * J + tap;
          visit(plane * H * W + cell, weight, ((image * A + a) * P + p) * Q + q);
        }
      }
    }
  }
}

export const scatter: Style = {
  toSmall(large, w, { form }) {
    const y = new Float64Array(form.batch * form.groups * form.smallChannels * area(form.small));
    forEachProduct(form, (i, q, p) => {
      y[p] = y[p]! + large[i]! * w[q]!;
    });
    return y;
  },
  toLarge(small, w, { form }) {
    const x = new Float64Array(form.batch * form.groups * form.largeChannels * area(form.large));
    forEachProduct(form, (i, q, p) => {
      x[i] = x[i]! + small[p]! * w[q]!;
    });
    return x;
  },
  toTaps(small, large, { form }) {
    const w = new Float64Array(form.groups * form.smallChannels * form.largeChannels * area(form.kernel));
    forEachProduct(form, (i, q, p) => {
      w[q] = w[q]! + small[p]! * large[i]!;
    });
    return w;
  },
};

const area = ([height, width]: readonly number[]): number => height! * width!;
