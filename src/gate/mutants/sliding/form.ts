/**
 * What convolution, transposed convolution and dense layers share: every product pairs a cell of the smaller tensor
 * (y of a convolution, x of a transposed one), a tap of w, and the cell s p + d q - a of the larger tensor.
 */
import type { Params } from '../../../ops/index.js';
import type { Shape } from '../../../tensor/index.js';
import type { WireTensors } from '../../subject/subject.js';

export type LayerKind = 'conv' | 'conv_transpose' | 'linear';

export interface Form {
  readonly kind: LayerKind;
  /** 'same-upper', 'same-lower', or '' where the padding is given in cells. */
  readonly mode: string;
  readonly batch: number;
  readonly groups: number;
  /** Channels of a group in the smaller and in the larger tensor. */
  readonly smallChannels: number;
  readonly largeChannels: number;
  /** Spatial extents. */
  readonly small: Shape;
  readonly large: Shape;
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilation: Shape;
  readonly before: Shape;
  readonly after: Shape;
  /** Cells that output_padding adds to the larger tensor. */
  readonly extra: Shape;
}

export function formOf(kind: LayerKind, { x, w }: WireTensors, params: Params): Form {
  const [spatial, kernel] = [x!.shape.slice(2), w!.shape.slice(2)];
  const [stride, dilation] = [axesOf(params.stride), axesOf(params.dilation)];
  const groups = Number(params.groups ?? 1);
  const pads = paddingOf(kind, params, { spatial, kernel, stride, dilation });
  const extra = axesOf(params.output_padding);
  const [before, after] = [pads.map(([first]) => first), pads.map(([, last]) => last)];
  const base = { kind, batch: x!.shape[0]!, groups, kernel, stride, dilation, before, after };
  const mode = String(params.padding).startsWith('same') ? String(params.padding) : '';
  const reach = (k: number) => dilation[k]! * (kernel[k]! - 1) + 1;
  if (kind === 'conv_transpose') {
    const large = spatial.map(
      (extent, k) => (extent - 1) * stride[k]! + reach(k) + extra[k]! - before[k]! - after[k]!,
    );
    const smallChannels = x!.shape[1]! / groups;
    return { ...base, mode, smallChannels, largeChannels: w!.shape[1]!, small: spatial, large, extra };
  }
  const small = spatial.map((extent, k) =>
    Math.max(0, Math.floor((extent + before[k]! + after[k]! - reach(k)) / stride[k]!) + 1),
  );
  const [smallChannels, largeChannels] = [w!.shape[0]! / groups, w!.shape[1]!];
  return { ...base, mode, smallChannels, largeChannels, small, large: spatial, extra: [] };
}

const axesOf = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

type Frame = {
  readonly spatial: Shape;
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilation: Shape;
};

function paddingOf(
  kind: LayerKind,
  { padding }: Params,
  frame: Frame,
): readonly (readonly [number, number])[] {
  if (Array.isArray(padding)) return padding as readonly (readonly [number, number])[];
  return frame.spatial.map((extent, k) => {
    if (padding !== 'same-upper' && padding !== 'same-lower') return [0, 0];
    const [step, reach] = [frame.stride[k]!, frame.dilation[k]! * (frame.kernel[k]! - 1) + 1];
    // The mode of a transposed convolution is that of the convolution which goes back.
    const wide = kind === 'conv_transpose' ? extent * step : extent;
    const total = Math.max(0, (Math.ceil(wide / step) - 1) * step + reach - wide);
    const less = Math.floor(total / 2);
    return padding === 'same-upper' ? [less, total - less] : [total - less, less];
  });
}
