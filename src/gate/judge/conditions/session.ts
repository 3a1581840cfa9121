/** The calls that one condition makes, and what they say of each result. */
import type { GateCase } from '../../plan/gate-case.js';
import type { Answer, Offer, Pass, ResultName, Subject, SubjectCall } from '../../subject/subject.js';
import { type Expected, firstWrong, type Wrong } from '../compare.js';
import type { CaseOutcome, FailedVerdict, Finding, JudgeContext, Rung } from '../judge.js';
import { failed, type Outputs, openLedger } from '../ledger.js';
import { resultsOf, type Sample, type SampleCall, sampleSubjectCall } from './sample.js';

export type { Outputs } from '../ledger.js';

/** A wrong result, or a right one at this rung. */
export interface Opinion {
  readonly verdict: FailedVerdict | null;
  readonly rung: Rung;
  readonly wrong: Wrong | null;
  readonly message: string;
}

export const PASSES = ['forward', 'backward'] as const;

export interface Session {
  readonly offer: Offer;
  readonly one: GateCase;
  readonly of: SampleCall;
  /** Results of a pass that are asked for and not yet settled. */
  readonly open: (pass: Pass) => readonly ResultName[];
  /**
   * What the kernel gives, where it gives something; all else is told.
   * @param how the condition, to stand after "is wrong"
   */
  readonly ask: (
    sample: Sample,
    pass: Pass,
    how: string,
    changed?: Partial<SubjectCall>,
  ) => Promise<Outputs | null>;
  /** Asks, and holds every result against what the sample expects. */
  readonly check: (
    sample: Sample,
    pass: Pass,
    how: string,
    changed?: Partial<SubjectCall>,
  ) => Promise<Outputs | null>;
  /** Holds a result against what it has to be. */
  readonly compare: (expected: Expected, result: ResultName, got: Outputs, how: string) => void;
  readonly say: (result: ResultName, opinion: Opinion) => void;
  readonly skipAll: (why: string) => void;
  readonly outcome: () => CaseOutcome;
}

export function openSession(
  subject: Subject,
  offer: Offer,
  one: GateCase,
  of: SampleCall,
  context: JudgeContext,
): Session {
  const ledger = openLedger(subject, offer, 'exact', context);
  let calls = 0;
  const open: Session['open'] = pass => resultsOf(of, pass).filter(ledger.isOpen);
  const tellAll = (pass: Pass, finding: Finding): void => ledger.tell(open(pass), finding);
  const say: Session['say'] = (result, { verdict, ...opinion }) => {
    if (verdict === null) ledger.tell([result], { kind: 'agreed', rung: opinion.rung });
    else ledger.tell([result], { kind: 'failed', verdict, ...opinion, stderr: '' });
  };
  const compare: Session['compare'] = (expected, result, got, how) => {
    const wrong = firstWrong(expected, got[result]);
    const rung = expected.bounds ? 'bounded' : 'exact';
    say(result, {
      verdict: wrong && 'mismatch',
      rung,
      wrong,
      message: wrong ? `${result} is wrong ${how}` : '',
    });
  };
  const ask: Session['ask'] = async (sample, pass, how, changed = {}) => {
    if (open(pass).length === 0) return null;
    if (!offer.passes.includes(pass)) {
      tellAll(pass, { kind: 'skipped', why: `no ${pass} pass` });
      return null;
    }
    calls++;
    const call = { ...sampleSubjectCall(sample, pass), ...changed };
    const answer = await subject.call(call, { hangMs: context.hangMs });
    if (answer.kind !== 'ok') tellAll(pass, withoutResults(answer, how));
    if (answer.kind !== 'ok') return null;
    for (const name of answer.mutated) {
      const own = open(pass).filter(result => !name.startsWith('out.') || name === `out.${result}`);
      for (const result of own) say(result, writtenTo(name, how));
    }
    const missing = pass === 'forward' ? [] : open(pass).filter(result => !answer.outputs[result]);
    ledger.tell(missing, { kind: 'skipped', why: 'this gradient is not returned' });
    return answer.outputs;
  };
  return {
    ...{ offer, one, of, open, ask, say, compare },
    async check(sample, pass, how, changed) {
      const outputs = await ask(sample, pass, how, changed);
      if (outputs) for (const result of open(pass)) compare(sample.expected(result), result, outputs, how);
      return outputs;
    },
    skipAll(why) {
      for (const pass of PASSES) tellAll(pass, { kind: 'skipped', why });
    },
    outcome: () => ({ ...ledger.outcome(), calls }),
  };
}

function withoutResults(answer: Exclude<Answer, { kind: 'ok' }>, how: string): Finding {
  if (answer.kind === 'skip') return { kind: 'skipped', why: answer.why };
  const { fault, message, stderr } = answer;
  return failed(fault, 'exact', `${message}, ${how}`, stderr);
}

function writtenTo(name: string, how: string): Opinion {
  const place = name.startsWith('out.') ? `outside of ${name}` : `to ${name === 'upstream' ? 'yBar' : name}`;
  return {
    verdict: 'mutated-input',
    rung: 'exact',
    wrong: null,
    message: `the kernel writes ${place} ${how}`,
  };
}
