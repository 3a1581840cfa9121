/** Names that were probably meant by an unknown one. */
import { editDistance } from '../../ops/index.js';

/** Letters and digits that scans and fonts confuse. */
const LOOKALIKES: readonly ReadonlySet<string>[] = [
  ['O', '0', 'Q', 'o', 'D', 'theta', 'Theta', 'omicron'],
  ['F', 't', 'I', '1', 'f', 'T'],
  ['l', '1', 'I', 'i', 'L', 'ell'],
  ['X', 'x', 'chi', '×'],
  ['K', 'k', 'kappa'],
  ['W', 'w', 'omega', 'vv', 'VV'],
  ['a', 'alpha', 'd', 'o'],
  ['Z', 'z', '2'],
  ['S', 's', '5'],
  ['B', '8', 'b', 'beta', '6'],
  ['Y', 'y', 'gamma', 'v', 'V', 'nu'],
  ['u', 'mu', 'v', 'nu', 'U', 'V'],
  ['p', 'rho', 'P'],
  ['e', 'epsilon', 'c', 'C'],
  ['h', 'n'],
  ['g', '9', 'q'],
].map(group => new Set(group));

/** Known names, the likeliest first; empty where nothing is near. */
export function suggestionsFor(key: string, known: readonly string[]): string[] {
  const ranked = [...new Set(known)]
    .map(name => ({ name, rank: rankOf(key, name) }))
    .filter(({ rank }) => rank < FAR);
  return ranked.sort((a, b) => a.rank - b.rank).map(({ name }) => name);
}

const FAR = 4;

function rankOf(key: string, name: string): number {
  if (key.toLowerCase() === name.toLowerCase()) return 0;
  const [mine, theirs] = [bare(key), bare(name)];
  if (mine === theirs) return 1;
  if (lookAlike(mine, theirs)) return 2;
  const slips = Math.min(mine.length, theirs.length) > 4 ? 2 : 1;
  const near = Math.max(mine.length, theirs.length) > 2 && editDistance(mine, theirs) <= slips;
  return near ? 3 : FAR;
}

/** Without accents, primes, star, layer and index word. */
const bare = (key: string): string =>
  key
    .replace(/['*]*(?:\^.*)?$/, '')
    .replace(/^(?:hat|tilde|bar|dot|check|math[a-z]+|vec)_/, '')
    .replace(/(?<=^.)_.*$/, '');

function lookAlike(a: string, b: string): boolean {
  if (LOOKALIKES.some(group => group.has(a) && group.has(b))) return true;
  // A longer name with one letter misread: d0 for dO.
  if (a.length !== b.length || a.length < 2) return false;
  const differing = [...a].flatMap((letter, k) => (letter === b[k] ? [] : [[letter, b[k] ?? ''] as const]));
  return differing.length === 1 && differing.every(([x, y]) => LOOKALIKES.some(g => g.has(x) && g.has(y)));
}
