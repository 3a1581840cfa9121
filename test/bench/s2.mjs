// S2: the forward passes that a check of the whole Jacobian of conv2d needs, in float64, when cells that share no
// output are perturbed together; and torch gradcheck, which takes its analytic side along.
import { compare } from './harness.mjs';
import { checkColours, inputPasses, weightPasses } from './s2-colours.mjs';
import { makeNaive, systemNames } from './s2-systems.mjs';
import { numel, sized } from './s3-cases.mjs';

const suite = 's2';
const module = new URL('./s2-systems.mjs', import.meta.url).href;

const conv = { kind: 'conv', stride: 1, dilation: 1, groups: 1, k: 3, pad: 1 };
const cases = [
  { ...conv, name: 'N1 C3 H8, O4 k3 s1 p1', batch: 1, channels: 3, size: 8, kernels: 4 },
  {
    ...conv,
    name: 'N2 C4 H16, O8 k3 s2 p1 d2',
    batch: 2,
    channels: 4,
    size: 16,
    kernels: 8,
    stride: 2,
    dilation: 2,
  },
  { ...conv, name: 'N2 C16 H32, O32 k3 s1 p1', batch: 2, channels: 16, size: 32, kernels: 32 },
];

/** Small layers with every stride and dilation up to 3, kernels wider and narrower than the image. */
function checkAllColours() {
  for (const size of [4, 7])
    for (const k of [1, 2, 3])
      for (const stride of [1, 2, 3])
        for (const dilation of [1, 2, 3]) {
          const pad = dilation * (k - 1);
          checkColours(sized({ ...conv, batch: 1, channels: 2, kernels: 1, size, k, stride, dilation, pad }));
        }
}

function differs(system, answer, expected) {
  if (system.startsWith('torch')) return answer === true ? null : 'gradcheck does not pass';
  const at = expected.findIndex((value, i) => value !== answer[i]);
  return answer.length === expected.length && at < 0 ? null : `forward pass ${at} has other outputs`;
}

/** Forward passes: ours and the loops add the base point; torch goes both ways along every cell, or one direction. */
function forwardsOf(system, { shapes }, passes) {
  if (system === 'torch gradcheck slow') return { x: 2 * numel(shapes.x), w: 2 * numel(shapes.w) };
  if (system === 'torch gradcheck fast') return { x: 2, w: 2 };
  return { base: 1, ...passes };
}

export async function run() {
  checkAllColours();
  for (const { name, ...rest } of cases) {
    const task = { layer: sized(rest) };
    const passes = { x: inputPasses(task.layer).length, w: weightPasses(task.layer).length };
    const expected = makeNaive(task).read();
    await compare({
      suite,
      name,
      module,
      task,
      systems: systemNames,
      ours: 'backproof',
      differs: (system, answer) => differs(system, answer, expected),
      more: system => ({ forwards: forwardsOf(system, task.layer, passes) }),
    });
  }
}
