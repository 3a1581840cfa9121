/** Unicode's small letters and digits (`x₁₂`, `wᵀ`), combining accents (`ŷ`) and mathematical alphabets. */

const PLAIN_BELOW = '0123456789+-=()aeoxhklmnpstijruv';
const BELOW = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ';
const PLAIN_ABOVE = '0123456789+-=()niTtljkmdabchprsuvwxyz*';
const ABOVE = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵗˡʲᵏᵐᵈᵃᵇᶜʰᵖʳˢᵘᵛʷˣʸᶻ﹡';

const table = (small: string, plain: string) => new Map([...small].map((c, k) => [c, plain[k] ?? '']));
const SUBSCRIPTS = table(BELOW, PLAIN_BELOW);
const SUPERSCRIPTS = table(ABOVE, PLAIN_ABOVE);

const COMBINING = new Map([
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u20D7', 'vec'],
]);

export interface SmallRun {
  readonly side: 'sub' | 'sup';
  /** The same characters at full size, one for one, so that offsets stay right. */
  readonly plain: string;
}

/** The run of small characters of one side that begins at `at`; null if there is none. */
export function smallRun(text: string, at: number): SmallRun | null {
  const first = text[at] ?? '';
  const side = SUBSCRIPTS.has(first) ? 'sub' : SUPERSCRIPTS.has(first) ? 'sup' : null;
  if (side === null) return null;
  const small = side === 'sub' ? SUBSCRIPTS : SUPERSCRIPTS;
  let plain = '';
  for (let k = at; small.has(text[k] ?? ''); k += 1) plain += small.get(text[k] ?? '') ?? '';
  return { side, plain };
}

export interface Letter {
  readonly base: string;
  readonly accent: string | null;
  readonly length: number;
}

/** A letter outside ASCII, brought to its plain form: `ŷ` to y with a hat, the italic `𝑥` of mathematics to x. */
export function foreignLetter(text: string, at: number): Letter | null {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const [base = '', mark] = [...character.normalize('NFKD')];
  if (base === character && !/\p{L}/u.test(character)) return null;
  const inside = mark === undefined ? null : (COMBINING.get(mark) ?? null);
  if (mark !== undefined && inside === null) return null;
  return { base, accent: inside, length: character.length };
}

/** The accent of a combining mark. */
export function combiningAccent(character: string): string | null {
  return COMBINING.get(character) ?? null;
}
