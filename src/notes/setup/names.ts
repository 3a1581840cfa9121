/** What a written name refers to under a setup. */
import type { Call, Differential, Entry, Formula, Index, Name } from '../formula/tree.js';
import { cellOf } from './cell-of.js';
import { isPower, nameKey } from './name-key.js';
import { PLAIN_NAMING } from './naming.js';
import type { Meaning, Role, Setup } from './setup.js';
import { subscriptOf } from './subscript.js';
import { suggestionsFor } from './suggest.js';

/** A name, or a name that its notation made into something else: F[1][1], Y(1,2), dO_{11}. */
export type Reference = Name | Entry | Call | Differential;

interface Peeled {
  readonly name: Name | null;
  /** `d` before the name: dO. */
  readonly prefix: string;
  readonly indices: readonly Index[];
}

/** Never throws; a name with a power, `X_{11}^2`, is unknown as a whole: take the power off first. */
export function meaningOf(reference: Reference, setup: Setup): Meaning {
  const { name, prefix, indices } = peel(reference);
  if (name === null) return unknown(plain(reference), setup);
  const naming = setup.naming ?? PLAIN_NAMING;
  const key = prefix + nameKey(name, naming);
  if (isPower(name, naming))
    return unknown(`${key}^${name.sup?.of.kind === 'number' ? name.sup.of.text : '...'}`, setup);
  const [declared, rest] = withSubscript(key, indices, setup);
  const owner = ownerOf(declared, setup);
  if (owner === null) return unknown(declared, setup);
  const written = rest.length === 0 ? declared : `${declared}_{${rest.map(index => index.text).join(',')}}`;
  if (owner === 'loss') return rest.length === 0 ? { kind: 'loss' } : unknown(written, setup);
  return meaningIn(owner, rest, setup, written);
}

function meaningIn(
  owner: Role | 'upstream',
  indices: readonly Index[],
  setup: Setup,
  written: string,
): Meaning {
  const role = owner === 'upstream' ? 'output' : owner;
  const shape = setup.roles[role]?.shape ?? [];
  const subscript = subscriptOf(indices);
  const whole = subscript.kind === 'none';
  // A bias with one cell is a number, whether the notes count it as [1] or not.
  const scalar = shape.length === 0 || (role === 'bias' && shape.length === 1 && shape[0] === 1);
  if (whole && owner === 'upstream') return { kind: 'upstream', cell: shape.length === 0 ? 0 : null };
  if (whole) return scalar ? { kind: 'cell', role, cell: 0 } : { kind: 'array', role };
  const place = cellOf(subscript, shape, setup.index, written);
  switch (place.kind) {
    case 'cell':
      return owner === 'upstream' ? { kind: 'upstream', cell: place.cell } : { ...place, role };
    case 'outside':
      return { kind: 'outside', role, written };
    case 'symbolic':
      return { kind: 'symbolic', role: owner };
    case 'ambiguous':
      return place;
  }
}

/** W_1 may be declared as a name of its own: its subscript is then no index. */
function withSubscript(
  key: string,
  indices: readonly Index[],
  setup: Setup,
): readonly [key: string, rest: readonly Index[]] {
  const [first, ...rest] = indices;
  if (first === undefined) return [key, indices];
  const longer = [`${key}_${first.text}`, `${key}${first.text}`].find(name => ownerOf(name, setup) !== null);
  return longer === undefined ? [key, indices] : [longer, rest];
}

const ROLES: readonly Role[] = ['input', 'kernel', 'bias', 'output'];

function ownerOf(key: string, setup: Setup): Role | 'loss' | 'upstream' | null {
  const role = ROLES.find(one => setup.roles[one]?.names.includes(key));
  if (role !== undefined) return role;
  if (setup.loss.includes(key)) return 'loss';
  return setup.upstream.includes(key) ? 'upstream' : null;
}

function unknown(key: string, setup: Setup): Meaning {
  const roles = ROLES.flatMap(role => setup.roles[role]?.names ?? []);
  return {
    kind: 'unknown',
    key,
    suggestions: suggestionsFor(key, [...roles, ...setup.loss, ...setup.upstream]),
  };
}

function peel(reference: Reference): Peeled {
  const indices: Index[] = [];
  let at: Formula | null = reference;
  let prefix = '';
  if (at.kind === 'differential' && at.order === 1) [prefix, at] = ['d', at.of];
  while (at?.kind === 'entry') {
    indices.unshift(at.index);
    at = at.of;
  }
  if (at?.kind === 'call')
    return { name: at.head, prefix, indices: [...ownIndex(at.head), argumentsOf(at), ...indices] };
  if (at?.kind !== 'name') return { name: null, prefix, indices };
  return { name: at, prefix, indices: [...ownIndex(at), ...indices] };
}

/** The index of the name itself; a word below belongs to the key. */
const ownIndex = ({ sub }: Name): Index[] => (sub === null || sub.style === 'word' ? [] : [sub]);

/** Y(1,2) as an index. */
function argumentsOf({ args, span }: Call): Index {
  const text = args.map(plain).join(',');
  return { style: 'list', place: 'brackets', items: args, text, span };
}

function plain(formula: Formula): string {
  if (formula.kind === 'number') return formula.text;
  if (formula.kind === 'name') return formula.base;
  if (formula.kind === 'entry') return `${plain(formula.of)}_{${formula.index.text}}`;
  return formula.kind;
}
