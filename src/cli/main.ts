#!/usr/bin/env node
/** The command line: words in, exit code out. Each command is loaded when it is called. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { BackproofError } from '../error.js';
import { EXIT, type ExitCode } from './exit.js';

/** Whatever the command decided; set once. */
let result: ExitCode = EXIT.verified;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('backproof')
  .description('Prove your gradients: check hand derivations, print gradient tables, prove closed forms.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(backproof --help shows the commands)');

const formatOption = (...formats: string[]) =>
  new Option('--format <format>', 'how the result is printed').choices(formats).default(formats[0]);

function withCall(command: Command): Command {
  return command
    .option('--input <shape>', 'input: 3x3, X=3x3 or X[3,3]')
    .option('--kernel <shape>', 'kernel, in the same forms')
    .option('--bias <name>', 'bias, by name or shape')
    .option('--stride <n>', 'one number, or a,b per axis')
    .option('--padding <p>', 'N, N,M, [b,a],[b,a], valid, full, same-upper, same-lower')
    .option('--dilation <n>', 'one number, or a,b per axis')
    .option('--groups <n>', 'number of channel groups')
    .option('--convention <name>', 'correlation (no flip) or convolution (flipped kernel)')
    .option(
      '--param <name=value>',
      'any other parameter; may be repeated',
      (one, all: string[]) => [...all, one],
      [],
    )
    .option('--output <file>', 'write the result to a file instead of printing it');
}

withCall(program.command('prove [operator]'))
  .description(
    "prove gradient claims for all values at one shape (without an operator: every operator's examples)",
  )
  .option('--wrt <input>', 'one input only: input, kernel or bias')
  .option('--mistake <name>', 'judge a known wrong claim instead, to see it refused')
  .addOption(formatOption('pretty', 'json'))
  .action(async (name, options) => {
    result = (await import('./prove.js')).prove(name, options);
  });

program.command('demo', { hidden: true }).action(async () => {
  result = await (await import('./demo.js')).demo();
});

/** A reader that closes the pipe early (head) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(result);
  throw error;
});
process.on('SIGINT', () => process.exit(EXIT.incomplete));

try {
  await program.parseAsync();
  process.exitCode = result;
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.verified : EXIT.usage;
  if (error instanceof BackproofError) {
    process.stderr.write(`backproof: ${error.message}\n`);
    return EXIT.usage;
  }
  process.stderr.write(`backproof: a fault of backproof itself, please report it: ${String(error)}\n`);
  return EXIT.failure;
}
