/** What a caller asks of a gradient table, checked. */
import { BackproofError } from '../error.js';
import type { Operator, Params } from '../ops/index.js';
import type { Shape } from '../tensor/index.js';
import { type Section, sections } from './gradient-table.js';
import { type IndexStyle, indexStyles } from './names.js';

export interface TensorOption {
  readonly name: string;
  /** Spatial extents; channel and batch in front where they are wanted. */
  readonly shape: Shape;
}

export interface TableOptions {
  readonly input: TensorOption;
  readonly kernel?: TensorOption | undefined;
  /** The extents are known without being said; where they are said, the bias is indexed. */
  readonly bias?: { readonly name: string; readonly shape?: Shape | undefined } | undefined;
  /** Inputs that are neither input, kernel nor bias, by the operator's own names of them: target, selection. */
  readonly others?: Readonly<Record<string, Partial<TensorOption>>> | undefined;
  /** Name of the output, by default O. */
  readonly output?: string | undefined;
  /** Name of the loss, by default L. */
  readonly loss?: string | undefined;
  readonly params?: Params | undefined;
  readonly index?: IndexStyle | undefined;
  /** By default every part that the operator has; the bias when one is named. */
  readonly of?: readonly Section[] | undefined;
  /** Spatial axes of an operator of any rank: by default 1 for one extent, 3 for five, else 2. */
  readonly rank?: number | undefined;
}

/** Callers without types may pass anything. @throws BackproofError `bad-call`. */
export function checkOptions({ name }: Operator, options: unknown): void {
  if (typeof options === 'object' && options !== null) return;
  throw new BackproofError({
    code: 'bad-call',
    where: `table ${name}`,
    what: 'the options are not a record',
    expected: "an object such as { input: { name: 'X', shape: [3, 3] } }",
    got: String(options),
    fix: 'Pass the input, and the kernel where the operator has one.',
  });
}

/** @throws BackproofError `unknown-index-style`. */
export function indexStyle(options: Pick<TableOptions, 'index'>): IndexStyle {
  const style = options.index ?? 'pair';
  if (indexStyles.includes(style)) return style;
  throw new BackproofError({
    code: 'unknown-index-style',
    where: 'index',
    what: 'there is no such way to write indices',
    expected: indexStyles.join(', '),
    got: String(style),
    fix: 'Use one of these.',
    data: { index: style },
  });
}

/**
 * The parts to make, in the order of `sections`.
 * @param has the parts that this operator can have
 * @param usual the parts to make where none are asked for
 * @throws BackproofError `unknown-section`, also for a part that the operator does not have.
 */
export function chosenSections(
  options: TableOptions,
  has: ReadonlySet<Section>,
  usual: ReadonlySet<Section>,
): readonly Section[] {
  const standard = sections.filter(one => usual.has(one));
  const asked = options.of ?? standard;
  const missing = asked.find(one => !has.has(one));
  if (missing === undefined && asked.length > 0) return sections.filter(one => asked.includes(one));
  throw new BackproofError({
    code: 'unknown-section',
    where: 'of',
    what: 'a table has no such part for this operator',
    expected: sections.filter(one => has.has(one)).join(', '),
    got: missing ?? 'nothing',
    fix: 'Name one or more of these.',
    data: { of: [...asked] },
  });
}
