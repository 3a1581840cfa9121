import { parentPort } from 'node:worker_threads';

console.log('loading');
export const kernels = {
  relu: {
    forward({ x }) {
      console.log('to the one');
      console.error('to the other');
      process.stdout.write('and so on', () => {});
      Object.getPrototypeOf(process.stderr).write.call(process.stderr, ' past');
      Object.getPrototypeOf(process.stderr).write.call(process.stderr, ' the door');
      parentPort.postMessage({ kind: 'answer', answer: { kind: 'skip', why: 'not said through the door' } });
      if (x.data[0] === 13) throw new Error('unlucky');
      return x;
    },
  },
};
