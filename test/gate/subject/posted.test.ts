import { expect, test } from 'vitest';
import { posted } from '../../../src/gate/subject/posted.js';
import { callOf, vector } from './calls.js';

test('a view is posted without the rest of its memory, all else as it is', () => {
  const view = { ...vector(), shape: [4], data: new Float64Array(1000).subarray(10, 14).fill(6) };
  const call = callOf('conv2d', { inputs: { x: vector(1), w: view }, upstream: view, out: { y: view } });
  const sent = posted(call);
  expect(sent).toEqual(call);
  expect(sent.inputs.x).toBe(call.inputs.x);
  for (const tensor of [sent.inputs.w, sent.upstream, sent.out?.y])
    expect(tensor?.data.buffer.byteLength).toBe(32);
});
