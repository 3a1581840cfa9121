/** Whether two terms are the same but for the names of their bound indices. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Term } from '../../index-sum/term.js';
import { keyOf } from '../trusted/check.js';
import { substitute } from '../trusted/statement.js';

const TRIES = 2000;

/** The new name of every bound index of `from` under which it is `to`, or null if none was found. */
export function renaming(from: Term, to: Term): Map<string, string> | null {
  if (
    from.bound.length !== to.bound.length ||
    from.guards.length !== to.guards.length ||
    from.atoms.length !== to.atoms.length
  )
    return null;
  const [ours, theirs] = [signatures(from), signatures(to)];
  const goal = keyOf(to);
  const names = new Map<string, string>();
  const used = new Set<string>();
  let tries = 0;
  const assign = (k: number): boolean => {
    const own = from.bound[k];
    if (!own) return ++tries <= TRIES && keyOf(renamed(from, names)) === goal;
    for (const { name } of to.bound) {
      if (used.has(name) || ours.get(own.name) !== theirs.get(name) || tries > TRIES) continue;
      names.set(own.name, name);
      used.add(name);
      if (assign(k + 1)) return true;
      used.delete(name);
    }
    return false;
  };
  return assign(0) ? names : null;
}

function renamed(term: Term, names: ReadonlyMap<string, string>): Term {
  const values = new Map([...names].map(([from, to]) => [from, polynomial.variable(to)]));
  return {
    ...substitute(term, values),
    bound: term.bound.map(range => ({ ...range, name: names.get(range.name)! })),
  };
}

/** Where each bound index stands, and beside what, with the other bound indices left anonymous. */
function signatures(term: Term): Map<string, string> {
  const bound = new Set(term.bound.map(range => range.name));
  const places: [string, Polynomial][] = [
    ...term.guards.flatMap((guard): [string, Polynomial][] =>
      guard.kind === 'equation' ? [['=', guard.zero]] : [['<', guard.value]],
    ),
    ...term.atoms.flatMap(({ tensor, index }) =>
      index.map((part, k): [string, Polynomial] => [`${tensor}${k}`, part]),
    ),
  ];
  return new Map(
    term.bound.map(({ name, extent }) => {
      const seen = places.flatMap(([place, value]) => {
        const beside = [...value.keys()]
          .filter(key => key.split('*').includes(name))
          .map(key => anonymous(key, name, bound));
        return beside.length > 0 ? [`${place}:${beside.sort().join('+')}`] : [];
      });
      return [name, `${polynomial.text(extent)} ${seen.sort().join(' ')}`];
    }),
  );
}

const anonymous = (monomial: string, name: string, bound: ReadonlySet<string>) =>
  monomial
    .split('*')
    .map(one => (one === name ? 'v' : bound.has(one) ? '?' : one))
    .sort()
    .join('*');
