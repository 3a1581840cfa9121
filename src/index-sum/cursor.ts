/** A reading position in the text form, with the expansion of `@` to one copy per spatial axis. */
import { integer, type Polynomial, polynomial } from '../exact/index.js';
import { type Token, tokenize, unreadable } from './tokens.js';

/** The forms that range over all axes themselves. */
const OVER_AXES: ReadonlySet<string> = new Set(['prod', 'flat']);

/** What ends an item of a comma list. */
export const LIST_END: ReadonlySet<string> = new Set([',', ']', ')']);

export class Cursor {
  readonly text: string;
  /** The number of spatial axes; null where it is not known, so that nothing over all axes can be read. */
  readonly rank: number | null;
  readonly tokens: readonly Token[];
  position = 0;
  /** The axis that `@` stands for at this moment, from 1; null outside a repeated item. */
  axis: number | null = null;

  constructor(text: string, rank: number | null, axis: number | null = null) {
    this.text = text;
    this.rank = rank;
    this.axis = axis;
    this.tokens = tokenize(text);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)]!;
  }

  is(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text;
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.position++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.fault(text === '' ? 'the end' : text);
  }

  /** A name; `L@` reads as L1 on axis 1. */
  name(): string {
    const token = this.peek();
    if (token.kind !== 'name') throw this.fault('a name');
    this.position++;
    return this.onAxis(token);
  }

  fault(expected: string) {
    return unreadable(this.text, this.peek().offset, expected);
  }

  private onAxis({ text, offset }: Token): string {
    if (!text.endsWith('@')) return text;
    if (this.axis === null) throw unreadable(this.text, offset, 'a name without @ here');
    return `${text.slice(0, -1)}${this.axis}`;
  }

  /** Reads an item that ends at `ends`: once, or once per axis if it mentions an `@` name. */
  repeated<T>(ends: ReadonlySet<string>, read: () => T): T[] {
    const start = this.position;
    const item = this.item(ends);
    if (this.axis !== null || !item.mentionsAxis) return [read()];
    if (this.rank === null) throw this.fault('a number of spatial axes to repeat this for');
    const items: T[] = [];
    let end = start;
    for (let axis = 1; axis <= this.rank; axis++) {
      this.position = start;
      this.axis = axis;
      items.push(read());
      end = this.position;
    }
    this.axis = null;
    // Rank 0 reads nothing: pass over the item.
    this.position = this.rank === 0 ? item.end : end;
    return items;
  }

  /** Where the item here ends, and whether it mentions an `@` name outside of what ranges over all axes itself. */
  private item(ends: ReadonlySet<string>): { readonly end: number; readonly mentionsAxis: boolean } {
    let [depth, over, end] = [0, Infinity, this.position];
    let mentionsAxis = false;
    for (; this.tokens[end]!.kind !== 'end'; end++) {
      const { text } = this.tokens[end]!;
      if (depth === 0 && ends.has(text)) break;
      if (OVER_AXES.has(text) && this.tokens[end + 1]!.text === '(') over = Math.min(over, depth);
      if (text === '(' || text === '[') depth++;
      if (text === ')' || text === ']') depth--;
      if (depth <= over && text === ')') over = Infinity;
      if (text.endsWith('@') && over === Infinity) mentionsAxis = true;
    }
    return { end, mentionsAxis };
  }

  /** A polynomial over names: sums, products, parentheses, and over all axes prod(K@) and flat(c<C, p@<L@). */
  polynomial(): Polynomial {
    let sum: Polynomial = new Map();
    for (let sign = this.firstSign(); sign !== null; sign = this.nextSign()) {
      let product = this.factor();
      while (this.accept('*')) product = polynomial.product(product, this.factor());
      sum = polynomial.add(sum, polynomial.scale(product, sign));
    }
    return sum;
  }

  /** The sign before the first term of a sum: minus, or none. */
  firstSign(): 1 | -1 | null {
    return this.accept('-') ? -1 : 1;
  }

  /** The sign before a further term, or null where the sum ends. */
  nextSign(): 1 | -1 | null {
    if (this.accept('+')) return 1;
    return this.accept('-') ? -1 : null;
  }

  private factor(): Polynomial {
    const token = this.peek();
    if (token.kind === 'number') {
      this.position++;
      return polynomial.constant(integer.from(token.text));
    }
    if (this.accept('(')) {
      const inner = this.polynomial();
      this.expect(')');
      return inner;
    }
    if (OVER_AXES.has(token.text) && this.is('(', 1)) return this.overAxes(token.text);
    return polynomial.variable(this.name());
  }

  /** Reads on every axis, also within an item that is read once per axis. */
  private overAxes(form: string): Polynomial {
    const { axis } = this;
    this.axis = null;
    this.position += 2;
    const value = form === 'prod' ? this.product() : this.flatIndex();
    this.expect(')');
    this.axis = axis;
    return value;
  }

  private product(): Polynomial {
    const factors = this.repeated(new Set([')']), () => this.polynomial());
    return factors.reduce(polynomial.product, polynomial.constant(1));
  }

  /** Row by row: flat(a<A, b<B, c<C) is (a*B + b)*C + c. */
  private flatIndex(): Polynomial {
    let flat: Polynomial = new Map();
    do {
      const digits = this.repeated(LIST_END, () => {
        const digit = this.polynomial();
        this.expect('<');
        return { digit, extent: this.polynomial() };
      });
      for (const { digit, extent } of digits) flat = polynomial.add(polynomial.product(flat, extent), digit);
    } while (this.accept(','));
    return flat;
  }
}

/**
 * Reads a polynomial such as "d@*(K@ - 1)", on one axis (from 1) or on none.
 * @param rank the number of spatial axes, for prod(K@) and flat(c<C, p@<L@)
 * @throws BackproofError `unreadable-definition`.
 */
export function parsePolynomial(
  text: string,
  axis: number | null = null,
  rank: number | null = null,
): Polynomial {
  const cursor = new Cursor(text, rank, axis);
  const value = cursor.polynomial();
  cursor.expect('');
  return value;
}
