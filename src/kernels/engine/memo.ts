/** Remembers what was made for a few keys: pure values only. */
export interface Memo<T> {
  /** What was made for the key, or is made now. */
  recall(key: string, make: () => T): T;
}

/** A training step or a sweep has about so many layers. */
const MOST = 64;

/** The oldest value is forgotten first. */
export function memo<T>(): Memo<T> {
  const values = new Map<string, T>();
  return {
    recall(key, make) {
      const known = values.get(key);
      if (known !== undefined) return known;
      const value = make();
      if (values.size >= MOST) values.delete(values.keys().next().value!);
      values.set(key, value);
      return value;
    },
  };
}
