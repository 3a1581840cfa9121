/** One case is judged for many kernels: what was made for the last cases is kept. */
import type { GateCase } from '../plan/gate-case.js';

/** @param most cases whose values are kept at a time */
export function keeping<Value>(most: number): (one: GateCase, make: () => Value) => Value {
  const kept = new Map<GateCase, Value>();
  return (one, make) => {
    const known = kept.get(one);
    if (known !== undefined) return known;
    const value = make();
    const [oldest] = kept.keys();
    if (oldest && kept.size >= most) kept.delete(oldest);
    kept.set(one, value);
    return value;
  };
}
