// A torch script in a python3 of its own, that takes its own times: one JSON line in, one JSON line out.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const missing = "not installed: python3 -c 'import torch' fails";

/** The system that a script in this folder is, once it has read `task`; it ends with its standard input. */
export async function startTorch(script, task) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn('python3', ['-B', path], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', text => {
    complaint += text;
  });
  child.stdin.on('error', () => {}); // told by 'close'
  const closed = new Promise((_, reject) => {
    child.on('error', () => reject(new Error(missing)));
    child.on('close', () =>
      reject(new Error(complaint.includes("'torch'") ? missing : complaint.trim().split('\n').at(-1))),
    );
  });
  closed.catch(() => {}); // an end that nobody waits for is no failure
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async request => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await Promise.race([lines.next(), closed]);
    return done ? closed : JSON.parse(value);
  };
  const { skip } = await ask(task);
  if (skip) throw new Error(skip);
  return {
    sample: async repetitions => ({ sample: await ask({ repetitions }), result: null }),
    read: () => ask({ repetitions: 0 }),
  };
}
