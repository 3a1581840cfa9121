// S2: a gradient check of conv2d in float64: of every cell of its Jacobians, beside torch gradcheck in slow mode, and
// along random directions, beside its fast mode.
import { compare } from './harness.mjs';
import { torchModes } from './s2-systems.mjs';
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

/**
 * How often gradcheck goes forward and back with its default settings, by torch 2.13. Forward: twice for every
 * input that it moves, each cell in slow mode and x and w as a whole in fast mode; once for the value; once more to
 * try undefined gradients. Back: every row of the Jacobian in slow mode, one in fast mode, twice over to see that it
 * comes out the same; once with zeros; once with undefined gradients.
 */
function gradcheckCalls(mode, { shapes }) {
  const [moved, rows] = mode === 'full' ? [numel(shapes.x) + numel(shapes.w), numel(shapes.y)] : [2, 1];
  return { forward: 2 * moved + 2, backward: 2 * rows + 2 };
}

function differs(system, answer, expected) {
  if (!answer.passes) return 'a right kernel does not pass';
  if (answer.refuses === false) return 'a wrong kernel passes';
  const { forward, backward } = answer.calls;
  const isCounted = !system.startsWith('torch');
  if (isCounted || (forward === expected.forward && backward === expected.backward)) return null;
  return `${forward} forward and ${backward} backward passes`;
}

async function runCase(mode, { name, ...rest }) {
  const task = { layer: sized(rest), mode };
  const torch = torchModes[mode];
  const expected = gradcheckCalls(mode, task.layer);
  const answers = {};
  const results = await compare({
    suite,
    name: `${mode} ${name}`,
    module,
    task,
    systems: ['backproof', 'naive JS', torch],
    ours: 'backproof',
    differs(system, answer) {
      answers[system] = answer;
      return differs(system, answer, expected);
    },
    more(system) {
      if (system === torch) return { calls: expected };
      const { calls, missProbability } = answers.backproof;
      return { calls, ...(missProbability !== undefined && { missProbability }) };
    },
  });
  // Where torch cannot be timed, what it would do is still known.
  const { reason } = results[torch];
  if (reason !== undefined)
    console.log(JSON.stringify({ suite, case: `${mode} ${name}`, system: torch, calls: expected }));
}

export async function run() {
  for (const mode of Object.keys(torchModes)) for (const one of cases) await runCase(mode, one);
}
