/** Places in a scratch memory that is not there yet: elements and integers counted from its start. */
export interface Regions {
  /** The first of `count` elements. */
  elements(count: number): number;
  integers(count: number): number;
  readonly total: { readonly elements: number; readonly integers: number };
}

/** Elements start on a cache line. */
const LINE = 16;

export function regions(): Regions {
  const total = { elements: 0, integers: 0 };
  return {
    elements(count) {
      const at = total.elements;
      total.elements += Math.ceil(count / LINE) * LINE;
      return at;
    },
    integers(count) {
      const at = total.integers;
      total.integers += count;
      return at;
    },
    total,
  };
}
