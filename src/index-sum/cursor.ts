/** A reading position in the text form, with the expansion of `@` to one copy per spatial axis. */
import { integer, type Polynomial, polynomial } from '../exact/index.js';
import { type Token, tokenize, unreadable } from './tokens.js';

export class Cursor {
  readonly text: string;
  readonly rank: number;
  readonly tokens: readonly Token[];
  position = 0;
  /** The axis that `@` stands for at this moment, from 1; null outside a repeated item. */
  axis: number | null = null;

  constructor(text: string, rank: number, axis: number | null = null) {
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
    if (this.axis !== null || !this.mentionsAxis(ends)) return [read()];
    const start = this.position;
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
    if (this.rank === 0)
      while (!ends.has(this.peek().text) && this.peek().kind !== 'end') end = ++this.position;
    this.position = end;
    return items;
  }

  private mentionsAxis(ends: ReadonlySet<string>): boolean {
    let depth = 0;
    for (let k = this.position; k < this.tokens.length; k++) {
      const { text } = this.tokens[k]!;
      if (depth === 0 && ends.has(text)) return false;
      if (text === '(' || text === '[') depth++;
      if (text === ')' || text === ']') depth--;
      if (text.endsWith('@')) return true;
    }
    return false;
  }

  /** A polynomial over names: sums, products, parentheses, prod(K@) over the axes. */
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
    if (token.text === 'prod' && this.is('(', 1)) {
      this.position += 2;
      const factors = this.repeated(new Set([')']), () => this.polynomial());
      this.expect(')');
      return factors.reduce(polynomial.product, polynomial.constant(1));
    }
    return polynomial.variable(this.name());
  }
}

/**
 * Reads a polynomial such as "d@*(K@ - 1)", on one axis (from 1) or on none.
 * @throws BackproofError `unreadable-definition`.
 */
export function parsePolynomial(text: string, axis: number | null = null): Polynomial {
  const cursor = new Cursor(text, 0, axis);
  const value = cursor.polynomial();
  cursor.expect('');
  return value;
}
