/** `backproof prove`: theorems for all shapes, for one shape, of a file, or certificates. */
import { setImmediate } from 'node:timers/promises';
import { BackproofError } from '../error.js';
import { type Operator, operatorNamed } from '../ops/index.js';
import { type AllShapesReport, type OneShapeReport, proveSteps, type TheoremReport } from '../proof/index.js';
import { certified, judge, type Theorem } from '../proof/theorems.js';
import { theoremsJson, theoremsPretty } from '../report/proof.js';
import { EXIT, type ExitCode, strongest } from './exit.js';
import { type OutputOptions, Progress, wantsColour, writeResult } from './output.js';
import { type CallOptions, paramsFrom, shapesFrom } from './parameters.js';
import { type ProductOptions, writeProducts } from './products.js';
import { readText } from './read.js';
import { inTurns } from './steps.js';
import { claimedTheorems, inputNamed, mistakeNamed, shippedTheorems, theoremsOf } from './theorems.js';

export interface ProveOptions extends CallOptions, OutputOptions, ProductOptions {
  readonly wrt?: string;
  readonly mistake?: string;
  readonly claim?: string;
  readonly check?: string;
  readonly format: 'pretty' | 'json';
}

const EXIT_OF = {
  PROVED: EXIT.verified,
  REFUTED: EXIT.mismatch,
  UNKNOWN: EXIT.incomplete,
  REJECTED: EXIT.usage,
} as const;

export async function prove(names: readonly string[], options: ProveOptions): Promise<ExitCode> {
  const operators = names.map(operatorNamed);
  refuseMixture(operators, options);
  if (operators.length > 0 && shapeOption(options) !== undefined) return atOneShape(operators[0]!, options);
  const reports =
    options.check === undefined
      ? (await judged(chosenTheorems(operators, options))).map(report =>
          withMistake(report, operators, options),
        )
      : certified(readText(options.check));
  const verdicts = reports.map(report => EXIT_OF[report.verdict]);
  const { text, code } = await writeProducts(reports, options);
  writeResult(text ?? shown(reports, options), options);
  return strongest([...verdicts, ...code]);
}

/** A shape on the command line asks for a proof at that shape. */
const shapeOption = (options: ProveOptions) =>
  (['input', 'kernel', 'bias'] as const).find(one => options[one] !== undefined);

function shown(reports: readonly TheoremReport[], options: ProveOptions): string {
  return options.format === 'json' ? theoremsJson(reports) : theoremsPretty(reports, wantsColour(options));
}

function chosenTheorems(operators: readonly Operator[], options: ProveOptions): readonly Theorem[] {
  if (options.claim !== undefined) return claimedTheorems(options.claim);
  if (operators.length === 0) return shippedTheorems();
  return operators.flatMap(operator => {
    const { wrt, mistake } = options;
    const input = wrt === undefined ? undefined : inputNamed(operator, Object.keys(operator.inputs), wrt);
    return theoremsOf(operator, paramsFrom(operator, options), { wrt: input, mistake });
  });
}

/** A known mistake that was put in the claim's place is named where it is refuted. */
function withMistake(
  report: AllShapesReport,
  operators: readonly Operator[],
  { mistake }: ProveOptions,
): AllShapesReport {
  const operator = operators.find(one => one.name === report.operator);
  if (mistake === undefined || !operator || !report.counterexample) return report;
  const { name, says } = mistakeNamed(operator, mistake);
  return { ...report, counterexample: { ...report.counterexample, mistakes: [{ name, says }] } };
}

async function judged(theorems: readonly Theorem[]): Promise<AllShapesReport[]> {
  const reports: AllShapesReport[] = [];
  function* all() {
    for (const [k, theorem] of theorems.entries()) {
      yield { k, id: theorem.id };
      reports.push(judge(theorem));
    }
  }
  await inTurns(all(), ({ k, id }) => `theorem ${k + 1} of ${theorems.length}: ${id}`);
  return reports;
}

async function atOneShape(operator: Operator, options: ProveOptions): Promise<ExitCode> {
  const params = paramsFrom(operator, options);
  const shapes = shapesFrom(operator, options, params);
  const progress = new Progress();
  const watch = (done: number, of: number) => progress.show(() => `${operator.name}: ${done} of ${of} cells`);
  const chosen = choice(operator, Object.keys(shapes), options);
  const reports: OneShapeReport[] = [];
  for (const report of proveSteps(operator, shapes, params, { watch, ...chosen })) {
    reports.push(report);
    // A pending Ctrl-C is heard here.
    await setImmediate();
  }
  progress.done();
  writeResult(shown(reports, options), options);
  return strongest(reports.map(report => EXIT_OF[report.verdict]));
}

/** Which gradient, and which claim about it. */
function choice(operator: Operator, present: readonly string[], { wrt, mistake }: ProveOptions) {
  if (mistake !== undefined) {
    const found = mistakeNamed(operator, mistake);
    return { wrt: found.wrt, claim: found.claim };
  }
  return wrt === undefined ? {} : { wrt: inputNamed(operator, present, wrt) };
}

/** Each call is about one thing: operators, a claim, certificates, or everything that is shipped. */
function refuseMixture(operators: readonly Operator[], options: ProveOptions): void {
  const things = [
    ...(operators.length > 0 ? [operators.map(operator => operator.name).join(', ')] : []),
    ...(['claim', 'check'] as const).flatMap(one => (options[one] === undefined ? [] : [`--${one}`])),
  ];
  const products = ['certificate', 'explain', 'coq', 'coqc'] as const;
  const shape = shapeOption(options);
  const product = shape === undefined ? undefined : products.find(one => options[one] !== undefined);
  const stray = operators.length > 0 ? undefined : CALL.find(one => options[one] !== undefined);
  const clash =
    things.length > 1
      ? things.join(' with ')
      : stray
        ? `--${stray} without an operator`
        : product
          ? `--${product} with --${shape}`
          : operators.length > 1 && shape !== undefined
            ? `--${shape} with ${things[0]}`
            : null;
  if (clash === null) return;
  throw new BackproofError({
    code: 'bad-usage',
    where: 'prove',
    what: 'these do not go together',
    expected:
      'operators (one, and no certificate, at a given shape), --claim FILE, --check FILE, or nothing for every theorem shipped',
    got: clash,
    fix: 'Leave one of them out.',
  });
}

const CALL = [
  'input',
  'kernel',
  'bias',
  'target',
  'stride',
  'padding',
  'dilation',
  'groups',
  'convention',
  'wrt',
  'mistake',
] as const;
