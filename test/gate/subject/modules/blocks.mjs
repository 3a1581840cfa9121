/** Native code that waits: the thread cannot be ended before it returns. */
import { execFileSync } from 'node:child_process';

export const kernels = {
  relu: { forward: () => execFileSync(process.execPath, ['-e', 'setTimeout(() => {}, 3000)']) },
};
