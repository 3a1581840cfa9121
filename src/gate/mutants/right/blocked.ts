/** conv2d in blocks of output channels and cells, a few input channels at a time, as tuned kernels do. */
import { direct } from '../sliding/direct.js';
import type { Job, Style } from '../sliding/style.js';

const [CHANNELS, CELLS, DEPTH] = [4, 3, 2] as const;

/** Gradients are taken from the direct loops, with sums by pairs of neighbours: see `pairwise`. */
export const blocked: Style = { ...direct, toSmall };

function toSmall(large: Float64Array, w: Float64Array, { form }: Job): Float64Array {
  const { batch, groups, smallChannels, largeChannels } = form;
  const cells = form.small[0]! * form.small[1]!;
  const y = new Float64Array(batch * groups * smallChannels * cells);
  for (let image = 0; image < batch * groups; image++) {
    for (let first = 0; first < largeChannels; first += DEPTH) {
      for (let a = 0; a < smallChannels; a += CHANNELS) {
        for (let p = 0; p < cells; p += CELLS) {
          addBlock(y, large, w, form, {
            ...{ image, a, p, first },
            ...{ aEnd: Math.min(a + CHANNELS, smallChannels), pEnd: Math.min(p + CELLS, cells) },
            last: Math.min(first + DEPTH, largeChannels),
          });
        }
      }
    }
  }
  return y;
}

interface Block {
  readonly image: number;
  readonly a: number;
  readonly aEnd: number;
  readonly p: number;
  readonly pEnd: number;
  readonly first: number;
  readonly last: number;
}

/** Adds to a block of y what some of the input channels give, tap by tap. */
function addBlock(
  y: Float64Array,
  large: Float64Array,
  w: Float64Array,
  form: Job['form'],
  { image, a, aEnd, p, pEnd, first, last }: Block,
): void {
  const [H, W, K, J] = [form.large[0]!, form.large[1]!, form.kernel[0]!, form.kernel[1]!];
  const [rows, columns] = [form.small[0]!, form.small[1]!];
  const held = new Float64Array((aEnd - a) * (pEnd - p));
  for (let b = first; b < last; b++) {
    for (let tap = 0; tap < K * J; tap++) {
      const [down, right] = [Math.floor(tap / J) * form.dilation[0]!, (tap % J) * form.dilation[1]!];
      for (let cell = p; cell < pEnd; cell++) {
        const row = Math.floor(cell / columns) * form.stride[0]! + down - form.before[0]!;
        const column = (cell % columns) * form.stride[1]! + right - form.before[1]!;
        if (row < 0 || row >= H || column < 0 || column >= W) continue;
        const value = large[((image * form.largeChannels + b) * H + row) * W + column]!;
        for (let channel = a; channel < aEnd; channel++) {
          const output = (image % form.groups) * form.smallChannels + channel;
          const at = (channel - a) * (pEnd - p) + cell - p;
          held[at] = held[at]! + value * w[(output * form.largeChannels + b) * K * J + tap]!;
        }
      }
    }
  }
  for (let at = 0; at < held.length; at++) {
    const [channel, cell] = [a + Math.floor(at / (pEnd - p)), p + (at % (pEnd - p))];
    const to = (image * form.smallChannels + channel) * rows * columns + cell;
    y[to] = y[to]! + held[at]!;
  }
}
