/** What the pooling operators share: their parameters, how many windows there are, and that each has something to read. */
import { textOf } from '../error.js';
import { checkWindows, type PoolGeometry } from '../kernels/index.js';
import type { Shape } from '../tensor/index.js';
import type { Params, Resolved, Sizes } from './operator.js';
import { axes, axisParameter, named, paddingParameter, wrongValue } from './parameters.js';

/** The stride that is as long as the window, so that windows lie side by side: the default, as in PyTorch. */
export const WINDOW_STRIDE = 'kernel_size';

/** Stride per axis; `kernel_size` stands for the extents of the window. */
export const strideParameter = (params: Params, kernel: Shape): readonly number[] =>
  params.stride === WINDOW_STRIDE ? kernel : axisParameter(params, 'stride', kernel.length);

/** A parameter that is on or off. @throws BackproofError `bad-parameter`. */
export function switchParameter(params: Params, name: string): boolean {
  const text = textOf(params[name]);
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrongValue(name, 'true or false', params[name]!);
}

/**
 * Letters of a pooling of x [N, C, L]: window extents K, stride s, dilation d (1 where there is no such parameter),
 * padding a and b, windows P. Source: the formula of torch.nn.MaxPool2d; ceil_mode rounds up but drops a window that
 * would start behind x and its padding before.
 * @throws BackproofError `window-outside-input`, `bad-parameter`, and what the parameters' own reading refuses.
 */
export function poolSizes(operator: string, dims: Sizes, params: Params, rank: number): Sizes {
  const input = axes('L', dims, rank);
  const kernel = axisParameter(params, 'kernel_size', rank);
  const stride = strideParameter(params, kernel);
  const dilation = axisParameter({ dilation: 1, ...params }, 'dilation', rank);
  const padding = paddingParameter(params, { input, kernel, stride, dilation });
  const roundUp = switchParameter(params, 'ceil_mode');
  const output = input.map((extent, k) => {
    const [before, step] = [padding.before[k]!, stride[k]!];
    const room = extent + before + padding.after[k]! - dilation[k]! * (kernel[k]! - 1) - 1;
    if (!roundUp) return Math.max(0, Math.floor(room / step) + 1);
    const windows = Math.max(0, Math.ceil(room / step) + 1);
    return (windows - 1) * step >= extent + before ? windows - 1 : windows;
  });
  const sizes = windowLetters({ kernel, stride, dilation, ...padding, output });
  checkTouched(operator, { ...dims, ...sizes }, rank);
  return sizes;
}

interface Windows {
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilation: Shape;
  readonly before: Shape;
  readonly after: Shape;
  readonly output: Shape;
}

export const windowLetters = ({ kernel, stride, dilation, before, after, output }: Windows): Sizes => ({
  ...named('K', kernel),
  ...named('s', stride),
  ...named('d', dilation),
  ...named('a', before),
  ...named('b', after),
  ...named('P', output),
});

/** @throws BackproofError `window-outside-input` for a window that covers no cell. */
function checkTouched(operator: string, sizes: Sizes, rank: number): void {
  for (let k = 0; k < rank; k++) {
    const at = (letter: string) => sizes[`${letter}${k + 1}`]!;
    checkWindows(operator, k, {
      input: at('L'),
      kernel: at('K'),
      output: at('P'),
      stride: at('s'),
      dilation: at('d'),
      before: at('a'),
      after: at('b'),
    });
  }
}

/** A pooling call as its kernel takes it. */
export function poolGeometry({ sizes, rank }: Resolved): PoolGeometry {
  const after = axes('b', sizes, rank);
  return {
    kernel: axes('K', sizes, rank),
    stride: axes('s', sizes, rank),
    dilation: axes('d', sizes, rank),
    padding: axes('a', sizes, rank).map((before, k) => [before, after[k]!]),
    output: axes('P', sizes, rank),
  };
}

/** The facts of every window; how many there are is left open, so that rounding down and up are one theorem. */
export const poolDomain: readonly string[] = ['K@ >= 1', 's@ >= 1', 'P@ >= 0'];
