/** A layer as a kernel, right or with one change to one of its results. */

import type { Params } from '../../../ops/index.js';
import type { ResultName, WireTensor, WireTensors } from '../../subject/subject.js';
import type { ModuleKernel } from '../kernel.js';
import { numbersOf, product, tensorOf } from '../operands.js';
import { ALL_PADDINGS } from '../paddings.js';
import { type Sum, sequential } from '../sums.js';
import { addBias, biasGradient } from './bias.js';
import type { Change } from './change.js';
import { type Form, formOf, type LayerKind } from './form.js';
import type { Job, Style } from './style.js';
import { rightWiring } from './wiring.js';

/** A style, and how it adds up. */
export interface Manner {
  readonly style: Style;
  readonly sum: Sum;
}

export interface Fault {
  readonly result: ResultName;
  readonly change: Change;
}

const NO_CHANGE: Change = {};

export function layerKernel(kind: LayerKind, manner: Manner, fault: Fault | null): ModuleKernel {
  const kept = new Map<number, Float64Array>();
  const changeTo = (result: ResultName) => (fault?.result === result ? fault.change : NO_CHANGE);
  const finished = (values: Float64Array, job: Job, change: Change): Float64Array => {
    change.finish?.(values, job.form);
    return change.isKept ? added(kept, values) : values;
  };
  return {
    declares: {
      ...{ dtypes: ['float64', 'float32', 'float16', 'bfloat16'], deterministic: true },
      ...{ strides: true, supports: ALL_PADDINGS },
    },
    forward(inputs, params) {
      const change = changeTo('y');
      const job = jobOf(kind, inputs, params, manner, change);
      const [x, w] = [numbersOf(inputs.x!), numbersOf(inputs.w!)];
      const isSmall = kind !== 'conv_transpose';
      const y = isSmall ? manner.style.toSmall(x, w, job) : manner.style.toLarge(x, w, job);
      if (inputs.b) addBias(y, numbersOf(inputs.b), job.form, change);
      return tensorOf(outputShape(job.form), finished(y, job, change), inputs.x!.dtype);
    },
    backward(inputs, upstream, params) {
      const gradient = (result: 'dx' | 'dw' | 'db'): WireTensor => {
        const change = changeTo(result);
        const job = jobOf(kind, inputs, params, manner, change);
        const yBar = (change.readUpstream ?? numbersOf)(upstream);
        const values = gradientTo[result](inputs, yBar, job, manner.style, change);
        const like = inputs[result === 'dx' ? 'x' : result === 'dw' ? 'w' : 'b']!;
        const shape = result === 'dw' ? [...like.shape.slice(0, 2), ...job.form.kernel] : like.shape;
        return tensorOf(shape, finished(values, job, change), like.dtype);
      };
      const [x, w] = [gradient('dx'), gradient('dw')];
      return inputs.b ? { x, w, b: gradient('db') } : { x, w };
    },
  };
}

function jobOf(
  kind: LayerKind,
  inputs: WireTensors,
  params: Params,
  manner: Manner,
  { form: reform, wire, sum, overlap }: Change,
): Job {
  const right = formOf(kind, inputs, params);
  const form = reform?.(right) ?? right;
  const wiring = rightWiring(form);
  return {
    form,
    wiring: { ...wiring, ...wire?.(wiring, form) },
    sum: sum ?? manner.sum ?? sequential,
    overlap: overlap ?? 'add',
  };
}

type Gradient = (
  inputs: WireTensors,
  yBar: Float64Array,
  job: Job,
  style: Style,
  change: Change,
) => Float64Array;

const gradientTo: Readonly<Record<'dx' | 'dw' | 'db', Gradient>> = {
  dx(inputs, yBar, job, style) {
    const w = numbersOf(inputs.w!);
    return job.form.kind === 'conv_transpose' ? style.toSmall(yBar, w, job) : style.toLarge(yBar, w, job);
  },
  dw(inputs, yBar, job, style, { roles }) {
    const x = numbersOf(inputs.x!);
    if (roles === 'as-in-convolution') return exchanged(x, yBar, job, style);
    return job.form.kind === 'conv_transpose' ? style.toTaps(x, yBar, job) : style.toTaps(yBar, x, job);
  },
  db(_inputs, yBar, { form }, _style, change) {
    const [, outputs, ...cells] = outputShape(form);
    return biasGradient(yBar, form.batch, outputs!, product(cells), change);
  },
};

/** w's gradient with x in the place of the larger tensor, its channels then put where w has them. */
function exchanged(x: Float64Array, yBar: Float64Array, job: Job, style: Style): Float64Array {
  const { smallChannels, largeChannels, small, large, groups } = job.form;
  const form: Form = {
    ...job.form,
    ...{ smallChannels: largeChannels, largeChannels: smallChannels, small: large, large: small },
  };
  const turned = style.toTaps(yBar, x, { ...job, form, wiring: rightWiring(form) });
  const taps = product(form.kernel);
  return new Float64Array(groups * smallChannels * largeChannels * taps).map((_, k) => {
    const [channel, tap] = [Math.floor(k / taps), k % taps];
    const [g, a] = [
      Math.floor(channel / (smallChannels * largeChannels)),
      Math.floor(channel / largeChannels) % smallChannels,
    ];
    return turned[((g * largeChannels + (channel % largeChannels)) * smallChannels + a) * taps + tap]!;
  });
}

function outputShape(form: Form): number[] {
  const [channels, cells] =
    form.kind === 'conv_transpose' ? [form.largeChannels, form.large] : [form.smallChannels, form.small];
  return [form.batch, channels * form.groups, ...cells];
}

/** What was kept from calls of this size, with this one added. */
function added(kept: Map<number, Float64Array>, values: Float64Array): Float64Array {
  const before = kept.get(values.length) ?? new Float64Array(values.length);
  const total = values.map((value, k) => value + before[k]!);
  kept.set(values.length, total);
  return total;
}
