/** LaTeX as a line of Unicode text that reads well in a terminal: \frac{\partial L}{\partial X_{11}} is ∂L/∂X₁₁. */

const SUBSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()aehijklmnoprstuvx'].map((one, k) => [one, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'][k]!]),
);
const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()Tlni*'].map((one, k) => [one, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀˡⁿⁱ*'][k]!]),
);

const SYMBOLS: Readonly<Record<string, string>> = {
  partial: '∂',
  cdot: '·',
  times: '×',
  star: '⋆',
  ast: '*',
  odot: '⊙',
  otimes: '⊗',
  nabla: '∇',
  sum: '∑',
  dots: '…',
  ldots: '…',
  cdots: '…',
  vdots: '⋮',
  le: '≤',
  ge: '≥',
  neq: '≠',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  sigma: 'σ',
  phi: 'φ',
  omega: 'ω',
  quad: '  ',
  qquad: '   ',
  circ: '°',
  to: '→',
  rightarrow: '→',
  Rightarrow: '⇒',
  left: '',
  right: '',
  displaystyle: '',
  hat: '^',
  prime: '′',
};

const ACCENTS: Readonly<Record<string, string>> = {
  hat: '\u0302',
  tilde: '\u0303',
  bar: '\u0304',
  dot: '\u0307',
  vec: '\u20d7',
};

export function readable(latex: string): string {
  let text = latex.replaceAll(/\s+/g, ' ');
  text = text.replaceAll(/\\begin\{\w*matrix\}(.*?)\\end\{\w*matrix\}/g, (_, rows: string) => matrix(rows));
  // Innermost groups first, until nothing changes; each pass shortens the text, so that this ends.
  for (let before = ''; before !== text; ) {
    before = text;
    text = onePass(text);
  }
  text = text
    .replaceAll(/\\partial /g, '∂')
    .replaceAll(/\\([A-Za-z]+)/g, (_, name: string) => SYMBOLS[name] ?? name);
  return text
    .replaceAll(/\\[,;!: ]/g, ' ')
    .replaceAll(/[{}&]|\\/g, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** Scripts before fractions: a fraction of two plain cells then needs no parentheses. */
function onePass(text: string): string {
  return text
    .replaceAll(/_(?:\{([^{}]*)\}|(\w))/g, (_, group?: string, one?: string) =>
      script('_', SUBSCRIPTS, group ?? one!),
    )
    .replaceAll(/\^(?:\{([^{}]*)\}|(\w|\*))/g, (_, group?: string, one?: string) =>
      script('^', SUPERSCRIPTS, group ?? one!),
    )
    .replaceAll(
      /\\(hat|tilde|bar|dot|vec)\{(\w)\}/g,
      (_, accent: string, letter: string) => letter + ACCENTS[accent]!,
    )
    .replaceAll(/\\(?:text|mathrm|mathit|mathbf|operatorname|boxed)\{([^{}]*)\}/g, '$1')
    .replaceAll(/\\[dt]?frac ?\{([^{}]*)\}\{([^{}]*)\}/g, (_, top: string, bottom: string) =>
      fraction(top, bottom),
    );
}

function fraction(top: string, bottom: string): string {
  const wrap = (part: string) =>
    /^(\\partial ?|d)?[\p{L}\p{M}\p{N}\\₀-₉ ]+$/u.test(part.trim()) ? part : `(${part})`;
  return `${wrap(top).trim()}/${wrap(bottom).trim()} `.replaceAll(/\\partial /g, '\\partial ');
}

/** Small figures where Unicode has them all, else the mark and the group as it is. */
function script(mark: string, table: Readonly<Record<string, string>>, group: string): string {
  const small = [...group.replaceAll(/[ ]/g, '')].map(one => (one === ',' ? ',' : table[one]));
  if (small.every(one => one !== undefined)) return small.join('');
  return group.length === 1 ? `${mark} ${group}`.replace(' ', '') : `${mark === '_' ? '' : mark}(${group})`;
}

function matrix(rows: string): string {
  const cells = rows.split('\\\\').map(row =>
    row
      .split('&')
      .map(cell => cell.trim())
      .join(', '),
  );
  return `[${cells.join('; ')}]`;
}
