// S3: convolutions, a transposed convolution and a linear layer, forward and both gradients, against other kernels.
import { compare } from './harness.mjs';
import { allLetters, tasks } from './s3-cases.mjs';
import { naiveResult, systemNames } from './s3-systems.mjs';

const suite = 's3';
const ours = 'backproof';
const module = new URL('./s3-systems.mjs', import.meta.url).href;
const pace = { warmUpMs: 250, sampleMs: 20, runs: 9 };

/** The operands are integers and every sum is exact, so every result must be. */
function differs(answer, expected) {
  if (answer.length !== expected.length) return `${answer.length} cells, not ${expected.length}`;
  const at = expected.findIndex((value, i) => value !== answer[i]);
  return at < 0 ? null : `cell ${at} is ${answer[at]}, not ${expected[at]}`;
}

/** All cases, or those with the given letters. */
export async function run(letters = allLetters) {
  for (const task of tasks(letters)) {
    const expected = naiveResult(task)();
    await compare({
      suite,
      name: task.name,
      module,
      task,
      systems: systemNames(task.dtype),
      ours,
      differs: (_, answer) => differs(answer, expected),
      pace,
      more: (_, { cpu_ms }) => ({ gflops: Number((task.flops / cpu_ms / 1e6).toPrecision(3)) }),
    });
  }
}
