/** One call of a kernel that is a function, in whatever thread this runs in. */
import { BackproofError } from '../../error.js';
import { handedOut } from './handed.js';
import type { ModuleKernel } from './kernels.js';
import { readOutputs } from './results.js';
import type { Answer, SubjectCall } from './subject.js';
import { fieldOf, fileInStack, thrownText } from './thrown.js';

const HERE = fileInStack();
const LONGEST_REASON = 1000;

/** Never rejects for what the kernel does; may never settle, if the kernel does not. */
export async function runKernel(kernel: ModuleKernel, call: SubjectCall): Promise<Answer> {
  const handed = handedOut(call);
  try {
    const returned = start(kernel, call, handed);
    const settled = await returned;
    const outputs = readOutputs(settled, returned !== settled, call, handed);
    return { kind: 'ok', outputs, mutated: handed.mutated(), nanoseconds: null };
  } catch (error) {
    if (error instanceof BackproofError && error.code === 'kernel-result')
      return { kind: 'fault', fault: 'protocol', message: error.message, stderr: '' };
    const message = thrownText(error, HERE);
    if (fieldOf(error, 'code') === 'unsupported') return { kind: 'skip', why: skipReason(error) };
    return { kind: 'fault', fault: 'crash', message, stderr: '' };
  }
}

function start(kernel: ModuleKernel, call: SubjectCall, handed: ReturnType<typeof handedOut>): unknown {
  const { inputs, upstream, params, out } = handed;
  if (call.pass === 'forward')
    return out ? kernel.forward(inputs, params, out.y) : kernel.forward(inputs, params);
  const gradients = out && { x: out.dx, w: out.dw, b: out.db };
  return gradients
    ? kernel.backward?.(inputs, upstream!, params, gradients)
    : kernel.backward?.(inputs, upstream!, params);
}

function skipReason(error: unknown): string {
  const message = fieldOf(error, 'message');
  return typeof message === 'string' && message !== ''
    ? message.slice(0, LONGEST_REASON)
    : 'the kernel says unsupported';
}
