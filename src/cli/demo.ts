/** `npm start`: a real derivation judged, the table it should have been, proofs at one shape and for all, a gated kernel. */

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDerivation } from '../notes/index.js';
import { prove } from '../proof/index.js';
import { explain, judge } from '../proof/theorems.js';
import { derivationsPretty } from '../report/derivation.js';
import { gatePretty } from '../report/gate/pretty.js';
import { theoremsPretty } from '../report/proof.js';
import { readable } from '../report/readable.js';
import { styled } from '../report/style.js';
import { gradientTable, renderTable } from '../teach/index.js';
import { EXIT, type ExitCode } from './exit.js';
import type { Plan } from './gate/job.js';
import { judgeAll } from './gate/judged.js';
import { untilSignal } from './gate/signals.js';
import { wantsColour, writeResult } from './output.js';
import { readSource } from './read.js';
import { claimedTheorems } from './theorems.js';

const shipped = (name: string) => fileURLToPath(new URL(`../../src/cli/demo/${name}`, import.meta.url));
const DERIVATION = shipped('derivation.md');
const CLAIMS = shipped('claims.txt');
const KERNEL = shipped('kernel.mjs');

/** The mistakes shown are part of the shipped derivation and of the shipped kernel, so that the demo itself succeeds. */
export async function demo(): Promise<ExitCode> {
  const colour = wantsColour({});
  const style = styled(colour);
  const heading = (number: number, title: string, command: string) =>
    `\n${style.bold(style.cyan(`${number}. ${title}`))}\n${style.dim(`   npx backproof ${command}`)}\n`;

  const { text, format } = readSource(DERIVATION, 'md');
  const path = relative(process.cwd(), DERIVATION);
  const report = checkDerivation(text, { format, path });
  const table = gradientTable('conv2d', {
    input: { name: 'X', shape: [3, 3] },
    kernel: { name: 'F', shape: [2, 2] },
    of: ['forward', 'input', 'kernel'],
  });
  const theorems = prove('conv2d', { x: [1, 1, 3, 3], w: [1, 1, 2, 2] });

  const claims = claimedTheorems(CLAIMS).map(judge);
  const [proved] = claims;
  const claimsPath = relative(process.cwd(), CLAIMS);

  const kernelPath = relative(process.cwd(), KERNEL);
  const judged = await untilSignal(watch => judgeAll(gatePlan(kernelPath), watch));

  const tableCommand = 'table conv2d --input X=3x3 --kernel F=2x2 --of forward,input,kernel --format txt';
  writeResult(
    [
      heading(1, 'A derivation by hand, judged line by line', `check ${path}`),
      derivationsPretty([{ report, text }], colour),
      heading(2, 'What each gradient is, cell by cell', tableCommand),
      (await renderTable(table, 'txt')).split('\n').map(readable).join('\n'),
      heading(3, 'The closed forms give the same table', 'prove conv2d --input 3x3 --kernel 2x2'),
      theoremsPretty(theorems, colour),
      heading(4, 'One claim proved for all sizes, one refuted', `prove --claim ${claimsPath}`),
      theoremsPretty(claims, colour),
      heading(5, 'Why the first one holds', `prove --claim ${claimsPath} --explain`),
      explain(proved!.theorem, proved!.proof!, 'plain'),
      heading(6, 'A kernel of a convolution, judged, and what it computes instead', `gate ${kernelPath}`),
      gatePretty({ ...judged, absent: [] }, colour),
    ].join('\n'),
    {},
  );
  return EXIT.verified;
}

const gatePlan = (path: string): Plan => ({
  jobs: [{ name: null, source: { kind: 'module', path }, ops: null, vectors: null }],
  ...{ folder: '.', seed: null, cases: null, only: null, hangMs: null, startupMs: null, required: [] },
});
