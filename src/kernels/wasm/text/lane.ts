/** The two element types the text is written for, and the few WebAssembly phrases it is written with. */

/** One element type: its instructions, and the register tile that a product keeps (rows by vectors of columns). */
export interface Lane {
  readonly scalar: 'f32' | 'f64';
  readonly vector: 'f32x4' | 'f64x2';
  readonly bytes: 4 | 8;
  /** Elements in a vector. */
  readonly lanes: 4 | 2;
  /** 8 accumulators, 2 to 4 columns and a row: V8 keeps 15 vectors in registers, and more would be spilled. */
  readonly rows: number;
  readonly vectors: number;
}

/** Both tiles are 8 columns wide. */
export const FLOAT32: Lane = { scalar: 'f32', vector: 'f32x4', bytes: 4, lanes: 4, rows: 4, vectors: 2 };
export const FLOAT64: Lane = { scalar: 'f64', vector: 'f64x2', bytes: 8, lanes: 2, rows: 2, vectors: 4 };

export const COLUMNS = 8;

/** `each(3, k => text)`: the text for 0, 1 and 2, a line each. */
export const each = (count: number, text: (k: number) => string): string =>
  Array.from({ length: count }, (_, k) => text(k)).join('\n');

export const get = (name: string): string => `(local.get $${name})`;
export const set = (name: string, value: string): string => `(local.set $${name} ${value})`;
export const constant = (value: number): string => `(i32.const ${value})`;
export const add = (a: string, b: string): string => `(i32.add ${a} ${b})`;
export const subtract = (a: string, b: string): string => `(i32.sub ${a} ${b})`;
export const times = (a: string, b: string): string => `(i32.mul ${a} ${b})`;

/** name += value. */
export const advance = (name: string, value: string): string => set(name, add(get(name), value));

export const params = (...names: string[]): string => names.map(name => `(param $${name} i32)`).join(' ');
export const integers = (...names: string[]): string => names.map(name => `(local $${name} i32)`).join(' ');
export const vectors = (...names: string[]): string => names.map(name => `(local $${name} v128)`).join(' ');

export const loadVector = (from: string, offset = 0): string => `(v128.load offset=${offset} ${from})`;
export const storeVector = (to: string, value: string, offset = 0): string =>
  `(v128.store offset=${offset} ${to} ${value})`;
export const loadInteger = (from: string, offset = 0): string => `(i32.load offset=${offset} ${from})`;

/** One element in every lane. */
export const splat = ({ bytes }: Lane, from: string): string => `(v128.load${bytes * 8}_splat ${from})`;

export const loadScalar = ({ scalar }: Lane, from: string): string => `(${scalar}.load ${from})`;
export const storeScalar = ({ scalar }: Lane, to: string, value: string): string =>
  `(${scalar}.store ${to} ${value})`;

/** sum += a b, a product and a sum: as fast as a fused instruction where WebAssembly has none. */
export const accumulate = ({ vector }: Lane, sum: string, a: string, b: string): string =>
  set(sum, `(${vector}.add ${get(sum)} (${vector}.mul ${a} ${b}))`);

/** Runs the body once and again while `more` holds. */
export const repeat = (label: string, body: string, more: string): string =>
  `(loop $${label}\n${body}\n(br_if $${label} ${more}))`;

/** Runs the body while `more` holds. */
export const loopWhile = (label: string, more: string, body: string): string =>
  `(block $${label}_end (loop $${label}\n(br_if $${label}_end (i32.eqz ${more}))\n${body}\n(br $${label})))`;

export const when = (condition: string, body: string, otherwise?: string): string =>
  `(if ${condition} (then ${body})${otherwise === undefined ? '' : ` (else ${otherwise})`})`;

export const exported = (name: string, head: string, body: string): string =>
  `(func $${name} (export "${name}") ${head}\n${body})`;
