import type { Answer, Offer, SubjectCall } from './subject.js';

/** Why the call is skipped, if the kernel does not offer it. */
export function noKernel(offers: ReadonlyMap<string, Offer>, { op, pass }: SubjectCall): Answer | null {
  const offer = offers.get(op);
  if (!offer) return { kind: 'skip', why: `no kernel for ${op}` };
  return offer.passes.includes(pass) ? null : { kind: 'skip', why: `${op} has no ${pass}` };
}
