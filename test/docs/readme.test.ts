/** README says what is there: the operator table is generated, and its examples run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/cli/gate/config.js';
import {
  checkCertificate,
  checkDerivation,
  prove,
  proveForAllShapes,
  readVectors,
  symbolic,
  writeVectors,
} from '../../src/index.js';
import { type Claim, claimRule, type Hole, operators } from '../../src/ops/index.js';
import { backproof, withFiles } from '../cli/run.js';
import { shippedPages } from '../proof/pages/shipped.js';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const text = readFileSync(README, 'utf8');

const [, , generated] = /(<!-- operators: [^>]*-->\n)(.*?)<!-- end -->/s.exec(text) ?? [];

interface Row {
  readonly names: readonly string[];
  readonly summary: string;
  readonly claims: string;
}

/** What a claim says, without the names that it introduces: those are on its page. */
function claimCell(input: string, claim: Claim | Hole): string {
  if (claim.kind === 'hole') return `d${input}: not claimed`;
  const [formula, ...where] = claimRule(claim).split(', where ');
  return `\`d${input} = ${formula}\`${where.length > 0 ? ' ...' : ''}`;
}

const pageOf = (name: string): string =>
  shippedPages.find(page => new RegExp(`^claims of (.*, )?${name}(,|$)`, 'm').test(page.text))!.name;

function operatorTable(): string {
  const rows: Row[] = [];
  for (const operator of operators) {
    const claims = Object.entries(operator.claims(operator.params, 1)).map(([input, claim]) =>
      claimCell(input, claim),
    );
    const page = pageOf(operator.name);
    const row = {
      names: [`\`${operator.name}\``],
      summary: operator.summary.replace(/^[123]-d /, ''),
      claims: `${claims.join('<br>')} ([page](proofs/${page}))`,
    };
    const last = rows.at(-1);
    // One row for conv1d, conv2d, conv3d.
    if (last?.summary === row.summary && last.claims === row.claims)
      rows[rows.length - 1] = { ...row, names: [...last.names, ...row.names] };
    else rows.push(row);
  }
  const texts = rows.map(({ names, summary, claims }) => `| ${names.join(' ')} | ${summary} | ${claims} |`);
  return ['| name | what it does | gradients claimed |', '|---|---|---|', ...texts, ''].join('\n');
}

test('the operator table is that of the registry', () => {
  if (process.env.UPDATE_DOCS)
    writeFileSync(
      README,
      text.replace(
        /(<!-- operators: [^>]*-->\n).*?(<!-- end -->)/s,
        (_, head, end) => head + operatorTable() + end,
      ),
    );
  else expect(generated).toBe(operatorTable());
});

describe('the examples', () => {
  test('of the library', async () => {
    expect(symbolic('conv2d', { x: [1, 1, 3, 3], w: [1, 1, 2, 2] }).gradients.x!.texts()[0]).toBe(
      'yBar[0,0,0,0]*w[0,0,0,0]',
    );
    const theorems = prove('conv2d', { x: [1, 1, 3, 3], w: [1, 1, 2, 2] }, { padding: 1 });
    expect(theorems.map(theorem => theorem.verdict)).toEqual(['PROVED', 'PROVED']);
    const [theorem] = await proveForAllShapes('conv2d');
    expect(theorem).toMatchObject({ verdict: 'PROVED', rung: 'all-shapes' });
    const [checked] = await checkCertificate(JSON.stringify(theorem!.certificate));
    expect(checked!.verdict).toBe('PROVED');
    const { summary } = await checkDerivation('$a = b$', { format: 'markdown' });
    expect(Object.keys(summary)).toEqual(['equations', 'correct', 'wrong', 'unchecked']);
    const lines = backproof(['vectors', 'conv2d', '--count', '2']).stdout;
    expect(writeVectors(readVectors(lines))).toBe(lines);
  });

  test('of a claim: proved as it stands, refuted as the text says', () => {
    const [, claim] = /^```\n(# claim\.txt.*?)^```$/ms.exec(text)!;
    expect(backproof(['prove', '--claim', '-'], claim).code).toBe(0);
    const refuted = backproof(['prove', '--claim', '-'], claim!.replace('start=a@', 'start=0'));
    expect(refuted.code).toBe(1);
    expect(refuted.stdout).toMatch(/counterexample .*K1 = 3/);
  });

  test('of a network: what is quoted is what is printed, and the check is passed', () => {
    const [, file] = /^```\n(# network\.txt.*?)^```$/ms.exec(text)!;
    const [, command] = /^npx backproof (table network .*)$/m.exec(text)!;
    const run = backproof(command!.replace('network.txt', '-').split(' '), file);
    expect(run.code, run.stderr).toBe(0);
    const gradients = backproof(
      command!
        .replace('network.txt', '-')
        .replace(/--of .*/, '--of gradients')
        .split(' '),
      file,
    );
    const [, section] = /^## A network$(.*?)^## /ms.exec(text)!;
    const quoted = [...section!.matchAll(/^```\n((?:layer| {2}dL).*?)^```$/gms)].flatMap(match =>
      match[1]!.trimEnd().split('\n'),
    );
    expect(quoted.length).toBeGreaterThan(15);
    for (const line of quoted.filter(one => one !== '...'))
      expect(run.stdout + gradients.stdout).toContain(line);
  });

  test('of a configuration file and a workflow: both are read, and the one runs the other', async () => {
    const [config, workflow] = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(match => match[1]!);
    const { jobs, required } = await readConfig(config!, 'gate.yaml');
    expect(jobs.map(one => one.name)).toEqual(['ours', 'cuda']);
    expect(required).toEqual(['ours', 'conv2d.dw']);
    const { jobs: ci } = parse(workflow!) as { jobs: { gate: { steps: { run?: string }[] } } };
    const [, command] = ci.gate.steps.flatMap(step => (step.run ? [step.run] : []));
    expect(command).toMatch(/^npx backproof gate --config gate\.yaml --format github/);
    const files = { 'gate.yaml': config!, 'my-kernels.mjs': 'export const kernels = {};' };
    const run = withFiles(files, folder => backproof(command!.split(' ').slice(2), '', folder));
    expect(run.stderr).toContain('[kernel-module-shape]');
  });

  test('every command line runs, and what is quoted is what is printed', () => {
    const commands = [...text.matchAll(/^npx backproof (.*)$/gm)].map(match => match[1]!);
    expect(commands.length).toBeGreaterThan(3);
    const printed = commands
      .filter(command => !/notes\.md|network\.txt/.test(command))
      .map(command => backproof(command.split(' ')));
    expect(printed.map(run => run.code)).toEqual([0, 0, 1, 0, 1, 1, 0, 0, 0]);
    const everything = [...printed.map(run => run.stdout), backproof(['demo']).stdout].join('\n');
    const quoted = [...text.matchAll(/^```\n((?:WRONG|dL| {2}claim|mismatch).*?)^```$/gms)].flatMap(match =>
      match[1]!.split('\n'),
    );
    expect(quoted.length).toBeGreaterThan(10);
    for (const line of quoted.filter(one => one !== '...')) expect(everything).toContain(line);
  });
});
