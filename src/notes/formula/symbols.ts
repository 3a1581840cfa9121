/** Which command or character stands for which token; one row per token, every spelling in it. */

import type { Lexeme, TokenKind } from './token.js';

const ROWS: readonly (readonly [TokenKind, string, string])[] = [
  ['product', 'cdot', '\\cdot \\cdotp \\centerdot · ⋅ ∙ ・'],
  ['product', 'times', '\\times × ✕'],
  ['product', 'ast', '\\ast * ∗'],
  ['product', 'star', '\\star \\bigstar ⋆ ★ ☆'],
  ['product', 'odot', '\\odot \\bigodot ⊙'],
  ['product', 'otimes', '\\otimes \\bigotimes ⊗'],
  ['product', 'circledast', '\\circledast \\oast ⊛'],
  ['product', 'circ', '\\circ ◦ ∘'],
  ['product', 'bullet', '\\bullet •'],
  ['product', 'at', '@'],
  ['sign', '+', '+ ＋'],
  ['sign', '-', '- − – ﹣ －'],
  ['slash', '/', '/ ∕ ⁄ \\div ÷ \\slash'],
  ['relation', 'equal', '= \\eq ＝'],
  ['relation', 'define', ':= ≔ ≜ \\coloneqq \\coloneq \\triangleq \\defeq \\eqdef'],
  ['relation', 'identical', '\\equiv ≡'],
  ['relation', 'approximate', '\\approx \\simeq \\approxeq \\doteq ≈ ≃ ≒'],
  ['relation', 'assign', '\\leftarrow \\gets \\Leftarrow \\longleftarrow ← ⟵ <-'],
  ['compare', '<', '< \\lt'],
  ['compare', '>', '> \\gt'],
  ['compare', '<=', '\\le \\leq \\leqslant ≤ <='],
  ['compare', '>=', '\\ge \\geq \\geqslant ≥ >='],
  ['compare', '!=', '\\ne \\neq ≠ !='],
  ['compare', 'in', '\\in ∈'],
  [
    'arrow',
    '',
    '\\to \\rightarrow \\longrightarrow \\Rightarrow \\Longrightarrow \\implies \\iff → ⇒ ⟹ ⟶ ⇔ ➔ ➜',
  ],
  [
    'arrow',
    '',
    '\\Leftrightarrow \\leftrightarrow \\mapsto \\therefore \\because \\impliedby \\Rrightarrow ∴ ∵ => ->',
  ],
  ['arrow', '', '\\Longleftrightarrow \\leadsto \\hookrightarrow \\rightsquigarrow \\triangleright ↦ ▶ ►'],
  ['forall', '', '\\forall ∀'],
  ['open', '(', '( \\lparen （'],
  ['close', ')', ') \\rparen ）'],
  ['open', '[', '[ \\lbrack'],
  ['close', ']', '] \\rbrack'],
  ['open', 'curly', '\\{ \\lbrace'],
  ['close', 'curly', '\\} \\rbrace'],
  ['open', 'floor', '\\lfloor ⌊'],
  ['close', 'floor', '\\rfloor ⌋'],
  ['open', 'ceil', '\\lceil ⌈'],
  ['close', 'ceil', '\\rceil ⌉'],
  ['open', 'angle', '\\langle ⟨'],
  ['close', 'angle', '\\rangle ⟩'],
  ['open', '|', '\\lvert'],
  ['close', '|', '\\rvert'],
  ['open', '||', '\\lVert'],
  ['close', '||', '\\rVert'],
  ['bar', '|', '| \\vert ∣'],
  ['bar', '||', '\\| \\Vert ∥ ‖'],
  ['sub', '', '_ \\sb'],
  ['sup', '', '^ \\sp'],
  ['prime', '1', '\\prime'],
  ['degree', '', '\\degree °'],
  ['comma', ',', ', ，'],
  ['semicolon', ';', '; ；'],
  ['colon', ':', ': \\colon ：'],
  ['dot', '', '.'],
  ['dots', 'dots', '\\dots \\ldots \\cdots \\dotsc \\dotsb \\dotsm \\dotso \\dotsi \\hdots … ⋯ ... ..'],
  ['dots', 'vdots', '\\vdots ⋮'],
  ['dots', 'ddots', '\\ddots ⋱'],
  ['amp', '', '&'],
  ['row', '', '\\\\ \\cr \\newline'],
  ['gap', '', '\\quad \\qquad \\hfill \\hfil'],
  ['frac', '', '\\frac \\dfrac \\tfrac \\cfrac \\nicefrac \\sfrac'],
  ['sqrt', '', '\\sqrt √'],
  ['note', '', '\\underbrace \\overbrace \\underbracket \\overbracket'],
  ['partial', 'partial', '\\partial ∂'],
  ['nabla', '', '\\nabla ∇'],
  ['big', 'sum', '\\sum ∑ Σ'],
  ['big', 'prod', '\\prod ∏'],
  ['big', 'max', '\\max'],
  ['big', 'min', '\\min'],
  ['big', 'argmax', '\\argmax'],
  ['big', 'argmin', '\\argmin'],
  ['name', 'infty', '\\infty ∞'],
  ['name', 'ell', '\\ell ℓ'],
  ['name', 'top', '\\top ⊤'],
  ['name', 'intercal', '\\intercal ⊺'],
  ['name', 'i', '\\imath'],
  ['name', 'j', '\\jmath'],
  ['name', 'hbar', '\\hbar'],
  ['name', 'L', 'ℒ'],
  ['name', 'R', 'ℝ'],
  ['unsupported', 'a plus-minus sign, which stands for two equations,', '\\pm \\mp ±'],
  ['unsupported', 'an integral', '\\int \\iint \\oint ∫'],
  ['unsupported', 'a limit', '\\lim \\limsup \\liminf \\sup \\inf'],
  ['unsupported', 'a binomial', '\\binom \\dbinom \\tbinom \\choose'],
  ['unsupported', 'a cancelled term', '\\cancel \\bcancel \\xcancel \\cancelto \\sout'],
  ['unsupported', 'a conditional bar', '\\mid \\middle'],
  ['unsupported', 'an infix \\over', '\\over \\atop \\above'],
  ['unsupported', 'a similarity or proportionality sign', '\\sim \\propto \\cong \\asymp ∝ ∼'],
  [
    'unsupported',
    'a set or logic sign',
    '\\notin \\subset \\subseteq \\cup \\cap \\exists \\land \\lor \\neg \\setminus',
  ],
  ['unsupported', 'a direct sum or other circled sign', '\\oplus \\ominus \\boxplus \\boxtimes ⊕'],
  ['unsupported', 'a dagger', '\\dagger \\ddagger'],
  ['unsupported', 'a factorial or exclamation mark', '!'],
  ['unsupported', 'a percent sign', '\\%'],
  ['unsupported', 'a remainder (mod)', '\\bmod \\pmod \\mod'],
  ['unsupported', '\\multicolumn', '\\multicolumn \\multirow'],
  ['unsupported', 'a dollar sign', '\\$ $'],
  ['unsupported', 'a hash sign', '\\# #'],
];

const FUNCTION_COMMANDS =
  'exp log ln lg sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan det dim ker arg deg gcd Pr';

const GREEK_LETTERS = 'αβγδεζηθικλμνξοπρστυφχψω';
const GREEK_WORDS =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega';
const GREEK_VARIANTS = 'ϵ:epsilon ε:epsilon ϕ:phi ϑ:theta ϱ:rho ς:sigma';
const GREEK_CAPITALS = 'Γ:Gamma Δ:Delta Θ:Theta Λ:Lambda Ξ:Xi Π:Pi Φ:Phi Ψ:Psi Ω:Omega Υ:Upsilon ∆:Delta';

/** Greek words, which print with a backslash. */
export const GREEK: ReadonlySet<string> = new Set([
  ...GREEK_WORDS.split(' '),
  ...GREEK_CAPITALS.split(' ').map(pair => pair.slice(2)),
]);

function greekSpellings(): (readonly [string, Lexeme])[] {
  const name = (value: string): Lexeme => ({ kind: 'name', value });
  const words = GREEK_WORDS.split(' ');
  return [
    ...[...GREEK].map(word => [`\\${word}`, name(word)] as const),
    ...words.map((word, k) => [GREEK_LETTERS[k] ?? word, name(word)] as const),
    ...`${GREEK_VARIANTS} ${GREEK_CAPITALS}`.split(' ').map(p => [p.slice(0, 1), name(p.slice(2))] as const),
    ...['epsilon', 'phi', 'theta', 'rho', 'sigma', 'pi', 'kappa'].map(w => [`\\var${w}`, name(w)] as const),
  ];
}

/** Every spelling, commands with their backslash, to its token. */
export const SYMBOLS: ReadonlyMap<string, Lexeme> = new Map([
  ...ROWS.flatMap(([kind, value, spellings]) => spellings.split(' ').map(s => [s, { kind, value }] as const)),
  ...greekSpellings(),
  ...FUNCTION_COMMANDS.split(' ').map(word => [`\\${word}`, { kind: 'name', value: word }] as const),
]);

/** Longest first: `...` before `.`, `<=` before `<`. */
const COMPOUND = ['...', '..', ':=', '<=', '>=', '!=', '<-', '=>', '->'];

/** The sign at `at` that is written with several characters, or the character itself. */
export function signAt(text: string, at: number): string {
  return COMPOUND.find(sign => text.startsWith(sign, at)) ?? text[at] ?? '';
}
