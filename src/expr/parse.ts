/** Scalar formula text to expressions. mathjs reads the text and evaluates nothing; it is loaded on first use. */
import type { MathNode } from 'mathjs';
import type { Expr } from './node.js';
import { variable } from './node.js';
import { formulaTooLong, unreadable } from './parse-error.js';
import type { MathTools } from './parse-tree.js';
import { exprOf } from './parse-tree.js';

export interface ParseOptions {
  /**
   * The expression that a name stands for, or undefined for an unknown one. A cell comes as X_1_2 or as
   * X[1,2] (spaces dropped), as written; without this option both are cell (1, 2) of X, counted from 0.
   */
  readonly resolve?: (name: string) => Expr | undefined;
  /** The most characters to read; 10^5 without it. */
  readonly limit?: number;
}

/**
 * Reads numbers (decimals are exact), names, + - * / ^ with integer exponents, parentheses, the named
 * functions, max of any number of arguments, and `u >= v ? a : b` (also with <=, > and <).
 * @throws BackproofError `unreadable-formula`, `unknown-function` (both with `data.position`, from 0, where it
 * is known), `unknown-variable`, `formula-too-long`.
 */
export async function parse(text: string, options: ParseOptions = {}): Promise<Expr> {
  const { resolve = cellNamed, limit = 1e5 } = options;
  if (text.length > limit) throw formulaTooLong(text, limit);
  // mathjs would skip the rest of the line, and a formula must not be read in part.
  const comment = text.indexOf('#');
  if (comment >= 0) throw unreadable(text, 'a comment', comment);
  tools ??= loadTools();
  const { tree, math } = await tools;
  return exprOf(tree(text), { text, resolve, math });
}

interface Tools {
  readonly tree: (text: string) => MathNode;
  readonly math: MathTools;
}

let tools: Promise<Tools> | undefined;

async function loadTools(): Promise<Tools> {
  const math = await import('mathjs');
  const needed = { ...math.parseDependencies, ...math.bignumberDependencies };
  // BigNumber literals keep every digit that was written.
  const reader = math.create(needed, { number: 'BigNumber' });
  const tree = (text: string) => {
    try {
      return reader.parse(text);
    } catch (error) {
      throw unreadable(text, ...faultOf(error));
    }
  };
  return { tree, math };
}

/** What mathjs complained about and where; nesting too deep for its parser arrives as a RangeError. */
function faultOf(error: unknown): [what: string, position?: number] {
  if (error instanceof RangeError) return ['nesting that is too deep'];
  if (!(error instanceof Error)) return ['a fault'];
  const what = error.message.replace(/ \(char \d+\)$/, '');
  return 'char' in error && typeof error.char === 'number' ? [what, error.char - 1] : [what];
}

/** X_1_2 and X[1,2] are cell (1, 2) of X. */
function cellNamed(name: string): Expr {
  const parts = /^(.+?)(?:((?:_\d+)+)|\[([\d,]+)\])$/.exec(name);
  if (!parts) return variable(name);
  const index = parts[3] === undefined ? parts[2]!.slice(1).split('_') : parts[3].split(',');
  return variable(parts[1]!, index.map(Number));
}
