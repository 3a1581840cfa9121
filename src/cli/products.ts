/** What `prove` makes of its theorems besides verdicts: certificates, explanations, Coq files and their replay. */
import { availableParallelism } from 'node:os';
import type { AllShapesReport } from '../proof/index.js';
import { coqFile, explain, type Replay, replay } from '../proof/theorems.js';
import { EXIT, type ExitCode } from './exit.js';
import { writeResult } from './output.js';

export interface ProductOptions {
  readonly certificate?: string;
  readonly explain?: true | 'plain' | 'md' | 'latex';
  readonly coq?: string;
  readonly coqc?: true;
}

type Proved = AllShapesReport & { readonly proof: NonNullable<AllShapesReport['proof']> };

/** The replay of every shipped theorem takes minutes. */
const COQ_SECONDS = 1800;

const FORMATS = { plain: 'plain', md: 'markdown', latex: 'latex' } as const;

/**
 * Writes the files asked for. The text replaces the usual report: the explanations, where they are asked for.
 * The codes add to those of the verdicts.
 */
export async function writeProducts(
  reports: readonly AllShapesReport[],
  options: ProductOptions,
): Promise<{ readonly text: string | null; readonly code: readonly ExitCode[] }> {
  const proved = reports.filter((report): report is Proved => report.proof !== null);
  if (options.certificate !== undefined) {
    const objects = proved.map(report => JSON.stringify(report.certificate));
    const text = objects.length === 1 ? objects[0]! : `[${objects.join(',\n')}]`;
    if (proved.length > 0) writeResult(text, { output: options.certificate });
    tell(`certificates: ${proved.length} of ${reports.length} theorems, ${options.certificate}`);
  }
  const text = options.explain === undefined ? null : explanations(proved, options.explain);
  if (text !== null) {
    // The explanations stand in the report's place: what they leave out is said here.
    for (const { verdict, id } of reports) if (verdict !== 'PROVED') tell(`${verdict}: ${id}, not explained`);
  }
  return { text, code: await coqCodes(proved, options) };
}

function explanations(proved: readonly Proved[], format: true | keyof typeof FORMATS): string | null {
  if (proved.length === 0) return null;
  const form = FORMATS[format === true ? 'plain' : format];
  return proved.map(({ theorem, proof }) => explain(theorem, proof, form)).join('\n\n');
}

async function coqCodes(proved: readonly Proved[], { coq, coqc }: ProductOptions): Promise<ExitCode[]> {
  if (coq === undefined && !coqc) return [];
  if (coq !== undefined) {
    writeResult(coqText(proved), { output: coq });
    tell(`coq: ${proved.length} theorems, ${coq}`);
  }
  if (!coqc) return [];
  if (proved.length === 0) return [EXIT.incomplete];
  const result = await replayed(proved);
  switch (result.status) {
    case 'skipped':
      tell(`skipped: ${result.reason}`);
      return [EXIT.incomplete];
    case 'failed':
      tell(`coqc: failed: ${result.reason}`);
      return [EXIT.mismatch];
    case 'verified':
      tell(
        `coqc: verified ${result.theorems} theorems without axioms in ${(result.milliseconds / 1000).toFixed(1)} s`,
      );
      return [EXIT.verified];
  }
}

const coqText = (proved: readonly Proved[]): string =>
  coqFile(proved.map(({ theorem, proof }) => ({ theorem, proof })));

/** Many theorems are checked by one coqc a processor; the parts are alike, as neighbours go to different ones. */
async function replayed(proved: readonly Proved[]): Promise<Replay> {
  const count = Math.min(availableParallelism(), Math.ceil(proved.length / THEOREMS_EACH));
  const parts = Array.from({ length: count }, (_, part) => proved.filter((__, k) => k % count === part));
  const results = await Promise.all(parts.map(part => replay(coqText(part), { seconds: COQ_SECONDS })));
  const verified = results.filter(result => result.status === 'verified');
  if (verified.length < results.length) return results.find(result => result.status !== 'verified')!;
  return {
    status: 'verified',
    theorems: verified.reduce((sum, { theorems }) => sum + theorems, 0),
    milliseconds: Math.max(...verified.map(({ milliseconds }) => milliseconds)),
  };
}

/** Fewer are not worth a coqc of their own: each reads the prelude anew. */
const THEOREMS_EACH = 50;

/** Beside the result, which is all that stdout carries. */
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
