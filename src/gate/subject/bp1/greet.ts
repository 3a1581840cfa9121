/** The first words with a client: hello, and ready. */
import type { Answer } from '../subject.js';
import type { Conversation, Fall } from './conversation.js';
import type { Limits } from './decoder.js';
import { helloFrame, type Ready, readGreeting } from './messages.js';

export type FaultAnswer = Extract<Answer, { kind: 'fault' }>;

export const faultOf = ({ fault, message, stderr }: Fall): FaultAnswer => ({
  kind: 'fault',
  fault,
  message,
  stderr,
});

/** A client that does not become ready has faulted: protocol for a breach, else startup; its process has ended. */
export async function greet(
  talk: Conversation,
  max: Limits,
  startupMs: number,
): Promise<Ready | FaultAnswer> {
  const bytes = helloFrame(0, max);
  const answer = await talk.request({ id: 0, bytes, limitMs: startupMs, read: readGreeting });
  if ('fault' in answer) {
    const fault = answer.fault === 'protocol' ? 'protocol' : 'startup';
    return { ...faultOf(answer), fault, message: `hello: ${answer.message}` };
  }
  if (answer.message.kind === 'ready') return answer.message;
  const { code, text } = answer.message;
  await talk.close();
  return { kind: 'fault', fault: 'startup', message: `hello: ${text} [${code}]`, stderr: talk.stderr() };
}
