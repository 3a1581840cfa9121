#!/usr/bin/env node
/** The command line: words in, exit code out. Each command is loaded when it is called. */
import { Command, CommanderError, Option } from 'commander';
import { BackproofError } from '../error.js';
import { EXIT, type ExitCode } from './exit.js';
import { packageVersion } from './version.js';

/** Whatever the command decided; set once. */
let result: ExitCode = EXIT.verified;

const program = new Command('backproof')
  .description(
    'Prove your gradients: check hand derivations, gate kernels, print gradient tables, prove closed forms.',
  )
  .version(packageVersion())
  .exitOverride()
  .showHelpAfterError('(backproof --help shows the commands)');

const formatOption = (...formats: string[]) =>
  new Option('--format <format>', 'how the result is printed').choices(formats).default(formats[0]);

const repeated = (one: string, all: readonly string[]): string[] => [...all, one];

function withCall(command: Command): Command {
  return command
    .option('--input <shape>', 'input: 3x3, X=3x3 or X[3,3]')
    .option('--kernel <shape>', 'kernel, in the same forms')
    .option('--bias <name>', 'bias, by name or shape')
    .option('--target <shape>', 'target of a loss, by name or shape')
    .option('--also <tensor=shape>', 'an input that has no option of its own; may be repeated', repeated, [])
    .option('--stride <n>', 'one number, or a,b per axis')
    .option('--padding <p>', 'N, N,M, [b,a],[b,a], valid, full, same-upper, same-lower')
    .option('--dilation <n>', 'one number, or a,b per axis')
    .option('--groups <n>', 'number of channel groups')
    .option('--convention <name>', 'correlation (no flip) or convolution (flipped kernel)')
    .option('--param <name=value>', 'any other parameter; may be repeated', repeated, []);
}

const outputOption = () => new Option('--output <file>', 'write the result to a file instead of printing it');

withCall(program.command('prove [operators...]'))
  .description(
    'prove gradient claims for all shapes (with --input: at one shape; without an operator: every theorem of proofs/)',
  )
  .option('--wrt <input>', 'one input only: input, kernel or bias')
  .option('--mistake <name>', 'judge a known wrong claim instead, to see it refused')
  .option('--claim <file>', 'judge the claims of a file in the text form (- reads standard input)')
  .option('--check <file>', 'check certificates: no search, the trusted checker alone')
  .option('--certificate <file>', 'write the certificates of what is proved')
  .addOption(
    new Option('--explain [form]', 'print the proofs as readable algebra').choices(['plain', 'md', 'latex']),
  )
  .option('--coq <file>', 'write what is proved as a Coq file')
  .option('--coqc', 'replay what is proved with coqc')
  .addOption(formatOption('pretty', 'json'))
  .addOption(outputOption())
  .action(async (names, options) => {
    result = await (await import('./prove.js')).prove(names, options);
  });

withCall(program.command('table <operator>'))
  .description(
    'print every cell and every partial derivative, ready for slides (table network: of a chain of layers)',
  )
  .option(
    '--layer <text>',
    'table network: one layer, such as "conv2d w=4x3x3x3 b padding=1"; repeat it in order',
    repeated,
    [],
  )
  .option('--layers <file>', 'table network: the layers from a file, one a line (- reads standard input)')
  .option(
    '--output <name|file>',
    'name of the output tensor (O), or a file (with a dot or a slash) to write to; may be given twice',
    repeated,
    [],
  )
  .option('--loss <name>', 'name of the loss (L)')
  .addOption(
    new Option('--index <style>', 'F_{11}, F_{00}, a_{13} counted row by row from 1, or from 0')
      .choices(['pair', 'pair0', 'running', 'running0'])
      .default('pair'),
  )
  .option(
    '--of <parts>',
    'forward,local,chain,input,kernel,bias (default: all that there are); table network: layers,closed-forms (default), check,forward,gradients,substituted',
  )
  .addOption(formatOption('md', 'tex', 'html', 'csv', 'json', 'txt'))
  .action(async (name, options) => {
    const isNetwork = name === 'network';
    result = isNetwork
      ? await (await import('./network.js')).networkCommand(options)
      : await (await import('./table.js')).table(name, options);
  });

program
  .command('check <files...>')
  .description('judge the equations of hand derivations, line by line (- reads standard input)')
  .option('--strict', 'an unchecked equation is not accepted (exit code 3)')
  .addOption(new Option('--input-format <format>', 'what - is').choices(['md', 'txt']).default('md'))
  .addOption(formatOption('pretty', 'json'))
  .addOption(outputOption())
  .action(async (files, options) => {
    result = await (await import('./check.js')).check(files, options);
  });

program
  .command('vectors <operator> [file]')
  .description(
    'write golden vectors of an operator as JSON Lines; vectors verify FILE computes a file of them again',
  )
  .option('--count <n>', 'how many cases (default: 10)')
  .option('--seed <n>', 'the same seed gives the same bytes (default: 1)')
  .addOption(
    new Option('--format <format>', 'jsonl for cases; pretty (default) or json for verify').choices([
      'jsonl',
      'pretty',
      'json',
    ]),
  )
  .addOption(outputOption())
  .action(async (name, file, options) => {
    result = await (await import('./vectors.js')).vectors(name, file, options);
  });

program
  .command('gate [module]')
  .description('judge forward and backward pass of kernels: a module, or --command for any language')
  .option('--command <words>', 'a program that speaks bp1 (see README), such as "python3 my_kernels.py"')
  .option('--config <file>', 'kernels and options from a YAML file')
  .option('--op <operator>', 'judge this operator only; may be repeated', repeated, [])
  .option('--seed <n>', 'the same seed gives the same cases (default: 1)')
  .option('--cases <n>', 'random cases per operator and element type, after those that are always run')
  .option('--case <text>', 'run one case again, as a report names it')
  .option('--vectors <file>', 'run golden vectors instead of generated cases')
  .option(
    '--require <name>',
    'an operator, conv2d.dw, or a kernel that has to be verified; may be repeated',
    repeated,
    [],
  )
  .option('--hang <seconds>', 'limit of one call (default: 10)')
  .option('--startup <seconds>', 'limit for a module or a command to start (default: 30)')
  .addOption(formatOption('pretty', 'json', 'junit', 'github'))
  .addOption(outputOption())
  .action(async (module, options) => {
    result = await (await import('./gate.js')).gate(module, options);
  });

program
  .command('peer-check <command...>')
  .description('try whether a program speaks bp1: backproof peer-check -- python3 my_kernels.py')
  .addOption(formatOption('pretty', 'json'))
  .addOption(outputOption())
  .action(async (argv, options) => {
    result = await (await import('./peer-check.js')).peerCheckCommand(argv, options);
  });

program
  .command('doctor')
  .description('the gate judges itself: which planted mistakes it finds, and by which check')
  .option('--op <operator>', 'this operator only; may be repeated', repeated, [])
  .addOption(formatOption('pretty', 'json'))
  .addOption(outputOption())
  .action(async options => {
    result = await (await import('./doctor.js')).doctorCommand(options);
  });

program.command('demo', { hidden: true }).action(async () => {
  result = await (await import('./demo.js')).demo();
});

/** A reader that closes the pipe early (head) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(result);
  throw error;
});
/** A command that listens itself ends with what it knows. */
process.on('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 1) process.exit(EXIT.incomplete);
});

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
