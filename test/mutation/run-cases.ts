/** A worker: gets the path of a checker, tells which forged proofs come out otherwise under it. */
import { parentPort } from 'node:worker_threads';
import { forgedCases } from '../proof/trusted/forged/all.js';
import { type Checker, surprises } from '../proof/trusted/forged/case.js';

parentPort?.on('message', async (path: string) => {
  const checker: Checker = await import(path);
  parentPort?.postMessage(surprises(forgedCases, checker));
});
