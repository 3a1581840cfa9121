/** Opens the kernels of a plan, judges them one after the other, and closes them whatever happens. */
import { noSubjectReport, openSource, runGate, sourceName } from '../../gate/gate.js';
import {
  type CommandSubject,
  type GateReport,
  type NoSubject,
  readVectors,
  type Subject,
  type VectorCase,
} from '../../gate/index.js';
import { readText } from '../read.js';
import type { Job, Plan } from './job.js';
import { askedOf, replayLine } from './replay.js';

export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

export interface Judged {
  readonly reports: readonly GateReport[];
  /** Kernels that fell once too often. */
  readonly spent: readonly string[];
}

interface Opened {
  readonly job: Job;
  readonly subject: Subject | CommandSubject | NoSubject;
  readonly vectors: { readonly file: string; readonly cases: readonly VectorCase[] } | null;
}

/** All are opened before the first is judged: a path that is wrong shows at once. */
export async function judgeAll(plan: Plan, watch: Watch): Promise<Judged> {
  const opened: Opened[] = [];
  try {
    for (const job of plan.jobs) {
      if (watch.signal.aborted) break;
      const vectors = vectorsOf(job);
      watch.onProgress(`starting ${nameOf(job)}`);
      opened.push({ job, vectors, subject: await openSource(job.source, plan.startupMs ?? undefined) });
    }
    const reports: GateReport[] = [];
    for (const one of opened) reports.push(await judgeOne(one, plan, watch));
    return { reports: watch.signal.aborted ? reports.map(interrupted) : reports, spent: spentOf(opened) };
  } finally {
    await Promise.all(opened.map(({ subject }) => ('fault' in subject ? undefined : subject.close())));
  }
}

const nameOf = (job: Job): string => job.name ?? sourceName(job.source);

const interrupted = (report: GateReport): GateReport => ({ ...report, interrupted: true });

function vectorsOf({ vectors: file }: Job): Opened['vectors'] {
  return file === null ? null : { file, cases: readVectors(readText(file), file) };
}

async function judgeOne({ job, subject, vectors }: Opened, plan: Plan, watch: Watch): Promise<GateReport> {
  const { seed, cases, only, hangMs } = plan;
  if ('fault' in subject) {
    const ops = askedOf(job, only, plan.required);
    return noSubjectReport(nameOf(job), subject, { ops, seed: seed ?? undefined });
  }
  const report = await runGate(subject, {
    ...(job.ops && { ops: job.ops }),
    ...(seed !== null && { seed }),
    ...(cases !== null && { cases }),
    ...(only && { only }),
    ...(hangMs !== null && { hangMs }),
    ...(vectors && { vectors }),
    ...watch,
    replay: text => replayLine(job, plan, text),
  });
  return { ...report, kernel: nameOf(job) };
}

/** Those behind a command count their restarts. */
function spentOf(opened: readonly Opened[]): string[] {
  return opened
    .filter(({ subject }) => 'isSpent' in subject && subject.isSpent())
    .map(({ job }) => nameOf(job));
}
