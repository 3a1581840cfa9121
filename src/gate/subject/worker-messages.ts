/** What the gate and its worker thread say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { ErrorParts } from '../../error.js';
import type { Answer, Offer, SubjectCall } from './subject.js';

/** The first message; all others go through `port`, which the kernel cannot reach. */
export interface WorkerStart {
  readonly port: MessagePort;
  /** The module, as a file: URL. */
  readonly url: string;
  /** Its name in errors. */
  readonly name: string;
  readonly tail: SharedArrayBuffer;
}

export type ToWorker = SubjectCall;

export type FromWorker =
  | { readonly kind: 'ready'; readonly offers: readonly Offer[] }
  /** The module is not what it should be. */
  | { readonly kind: 'refused'; readonly error: ErrorParts }
  /** The module threw while it was loaded. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answer'; readonly answer: Answer };
