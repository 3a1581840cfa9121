import type { SubjectCall, WireTensor } from './subject.js';

/** The call as it is best sent to a thread: a view would take the whole of its memory along. */
export function posted(call: SubjectCall): SubjectCall {
  const { inputs, upstream, out } = call;
  return {
    ...call,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, alone(one)])),
    upstream: upstream && alone(upstream),
    out: out && Object.fromEntries(Object.entries(out).map(([name, one]) => [name, alone(one)])),
  };
}

function alone(tensor: WireTensor): WireTensor {
  const { data } = tensor;
  return data.byteLength === data.buffer.byteLength ? tensor : { ...tensor, data: data.slice() };
}
