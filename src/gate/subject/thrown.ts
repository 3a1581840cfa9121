/** What running code threw, as short text: its message and the frames of the user's own files. */
import { described } from '../vectors/fields.js';

const MOST_FRAMES = 6;
const LONGEST_MESSAGE = 1000;

/** The place of the caller's file, as stack traces write it: the frames below it are not the user's. */
export function fileInStack(): string {
  const frame = new Error('here').stack?.split('\n')[2] ?? '';
  return frame.match(/\(?([^\s(]+):\d+:\d+\)?$/u)?.[1] ?? 'unknown';
}

/** Frames of Node itself, and of the thread that the gate runs kernels in. */
const NOT_THE_USERS = /\((?:node:|data:text\/javascript)|at (?:async )?(?:node:|data:text\/javascript)/u;

/** Frames of the user's files, innermost first. */
export function userFrames(error: unknown, below: string): string[] {
  const stack = fieldOf(error, 'stack');
  if (typeof stack !== 'string') return [];
  const frames = stack.split('\n').filter(line => /^\s+at /u.test(line));
  const end = frames.findIndex(line => line.includes(below));
  return frames.slice(0, end < 0 ? frames.length : end).filter(line => !NOT_THE_USERS.test(line));
}

/** Never fails, whatever was thrown. */
export function thrownText(error: unknown, below: string): string {
  const message = fieldOf(error, 'message');
  if (typeof message !== 'string') return `threw ${kindOf(error)}`;
  const name = fieldOf(error, 'name');
  const head = `${typeof name === 'string' ? name : 'Error'}: ${message.slice(0, LONGEST_MESSAGE)}`;
  return [head, ...userFrames(error, below).slice(0, MOST_FRAMES)].join('\n');
}

/** A property of whatever was thrown: reading it may fail, too. */
export function fieldOf(error: unknown, name: string): unknown {
  if ((typeof error !== 'object' && typeof error !== 'function') || error === null) return undefined;
  try {
    return (error as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** A value in a few words: "a Float64Array of 8", "a function". */
export function kindOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value) && 'length' in value)
    return `a ${Object.prototype.toString.call(value).slice(8, -1)} of ${String(value.length)}`;
  return described(value);
}
