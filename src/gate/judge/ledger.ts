/** What a case says of each result so far: every judge asks the kernel, and enters what it finds, here. */
import type { Answer, Offer, ResultName, Subject, SubjectCall, WireTensor } from '../subject/subject.js';
import { type Expected, firstWrong } from './compare.js';
import type { CaseOutcome, FailedVerdict, Finding, Rung } from './judge.js';

export type Outputs = Readonly<Partial<Record<ResultName, WireTensor>>>;

export interface Ledger {
  /** The first finding of a result that is not `agreed` stays. */
  readonly tell: (results: readonly ResultName[], finding: Finding) => void;
  /** Nothing is known against it, and it is still of interest. */
  readonly isOpen: (result: ResultName) => boolean;
  readonly hasAgreed: (result: ResultName) => boolean;
  /** The outputs of a call; null where there are none, which is then entered for all that the call wants. */
  readonly ask: (call: SubjectCall) => Promise<Outputs | null>;
  /** Enters how an output compares with what it has to be. */
  readonly hold: (result: ResultName, expected: Expected, got: WireTensor | undefined, rung?: Rung) => void;
  readonly outcome: (more?: Partial<Pick<CaseOutcome, 'missProbability'>>) => CaseOutcome;
}

/**
 * @param rung of what is entered, where the comparison does not say otherwise
 * @param results those of interest; others are not entered
 */
export function openLedger(
  subject: Subject,
  offer: Offer,
  rung: Rung,
  { hangMs, results }: { readonly hangMs: number; readonly results: readonly ResultName[] },
): Ledger {
  const findings: Partial<Record<ResultName, Finding>> = {};
  let calls = 0;
  const isOpen = (result: ResultName): boolean =>
    results.includes(result) && (findings[result] === undefined || findings[result].kind === 'agreed');
  const tell = (about: readonly ResultName[], finding: Finding): void => {
    for (const result of about) if (isOpen(result)) findings[result] = finding;
  };
  return {
    tell,
    isOpen,
    hasAgreed: result => findings[result]?.kind === 'agreed',
    async ask(call) {
      const wanted = Object.keys(call.want) as ResultName[];
      const refusal = whyNot(offer, call);
      if (refusal !== null) {
        tell(wanted, { kind: 'skipped', why: refusal });
        return null;
      }
      calls++;
      const answer = await subject.call(call, { hangMs });
      const trouble = troubleIn(answer, rung);
      if (trouble) tell(wanted, trouble);
      return answer.kind === 'ok' && !trouble ? answer.outputs : null;
    },
    hold(result, expected, got, at = rung) {
      tell([result], heldAgainst(result, expected, got, at));
    },
    outcome: more => ({ findings, missProbability: null, calls, ...more }),
  };
}

function whyNot({ passes, declares }: Offer, { pass, want }: SubjectCall): string | null {
  if (!passes.includes(pass)) return `no ${pass} pass`;
  const strange = Object.values(want).find(({ dtype }) => !declares.dtypes.includes(dtype));
  return strange ? `${strange.dtype} is not declared` : null;
}

function troubleIn(answer: Answer, rung: Rung): Finding | null {
  if (answer.kind === 'skip') return { kind: 'skipped', why: answer.why };
  if (answer.kind === 'fault') return failed(answer.fault, rung, answer.message, answer.stderr);
  if (answer.mutated.length === 0) return null;
  return failed('mutated-input', rung, `It wrote to ${answer.mutated.join(', ')}.`);
}

function heldAgainst(
  result: ResultName,
  expected: Expected,
  got: WireTensor | undefined,
  rung: Rung,
): Finding {
  if (!got && result !== 'y') return { kind: 'skipped', why: 'this gradient is not returned' };
  const wrong = firstWrong(expected, got);
  return wrong
    ? { ...failed('mismatch', rung, ''), wrong }
    : { kind: 'agreed', rung, ...(expected.why && { bound: expected.why }) };
}

/** A failure that is not about cells. */
export function failed(verdict: FailedVerdict, rung: Rung, message: string, stderr = '') {
  return { kind: 'failed', verdict, rung, wrong: null, message, stderr } as const;
}
