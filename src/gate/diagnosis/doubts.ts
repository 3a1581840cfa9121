/** Why a kernel's element is no polynomial of the kind that is looked for: told from a few values. */
import type { Probe, Values } from './probe.js';

/**
 * In words that follow "not recovered:", or null where the usual suspicions do not hold.
 * @param noPolynomial said where the operator itself is no polynomial, so that a kernel need not be one
 */
export async function reasonFor(probe: Probe, noPolynomial: string | null): Promise<string | null> {
  const { settled, reads } = probe;
  const name = settled.problem.result;
  const drawn = new Map(settled.tensors.map(tensor => [tensor, probe.values(tensor, 3)]));
  const once = await probe.value(drawn);
  const again = await probe.value(drawn);
  if (once !== again)
    return `two equal calls gave ${once} and ${again}: the kernel is random, or keeps something between calls`;
  for (const tensor of settled.tensors.filter(one => !reads.includes(one))) {
    const other = await probe.value(new Map(drawn).set(tensor, probe.values(tensor, 97)));
    if (other !== once) return `${name} changes when only ${tensor} changes, which it should not depend on`;
  }
  if (noPolynomial !== null) return noPolynomial;
  const zero = await probe.value(without(drawn, reads));
  if (zero !== 0)
    return `it is ${zero} where ${reads.join(' and ')} ${reads.length === 1 ? 'is' : 'are'} 0: something constant is added`;
  for (const tensor of reads) {
    const why = await notLinear(probe, drawn, once, tensor);
    if (why) return why;
  }
  return null;
}

/** An affine function f has f(a) + f(-a) = 2 f(0) and f(3a) - f(0) = 3 (f(a) - f(0)). */
async function notLinear(probe: Probe, drawn: Values, once: number, tensor: string): Promise<string | null> {
  const at = (factor: number) =>
    probe.value(
      new Map(drawn).set(
        tensor,
        Array.from(drawn.get(tensor)!, one => one * factor),
      ),
    );
  const zero = await at(0);
  const [negative, triple] = [await at(-1), await at(3)];
  const slack = 1e-4 * (1 + Math.abs(once) + Math.abs(negative) + Math.abs(triple));
  const even = Math.abs(once + negative - 2 * zero) > slack;
  const odd = Math.abs(triple - 3 * once + 2 * zero) > slack;
  if (!even && !odd) return null;
  return `it is not linear in ${tensor}: with ${tensor} times -1, 0, 1, 3 it is ${negative}, ${zero}, ${once}, ${triple}`;
}

function without(values: Values, tensors: readonly string[]): Values {
  return new Map(
    [...values].map(([name, list]) => [name, tensors.includes(name) ? Array.from(list, () => 0) : list]),
  );
}
