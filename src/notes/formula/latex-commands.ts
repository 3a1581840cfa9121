/** LaTeX commands that are not one sign: what changes nothing, what takes an argument, fonts, accents, environments. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Dropped with nothing in their place; a braced argument stays and counts. */
export const TRANSPARENT = set(
  'boxed fbox displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag mathop mathbin mathrel ' +
    'mathord mathopen mathclose mathpunct mathinner underline big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl ' +
    'Biggr bigm Bigm biggm Biggm small normalsize large Large LARGE huge Huge tiny footnotesize scriptsize hline ' +
    'hdashline relax strut mathstrut allowbreak nobreak noindent centering smash ensuremath protect null',
);

/** Dropped with their braced argument. */
export const DROP_ARGUMENT = set(
  'color textcolor colorbox label ref eqref cite phantom hphantom vphantom vspace cline class cssId htmlClass htmlId ' +
    'htmlStyle style bbox enclose raisebox intertext shortintertext',
);

export const SPACES = set(
  ', : > ; ! thinspace medspace thickspace negthinspace enspace enskip nobreakspace space',
);

/** Wide enough to separate the equations of a list. */
export const WIDE_SPACES = set('hspace hskip kern mkern mskip');

/** Words, blanks included. */
export const TEXTS = set('text textrm textbf textit textsf texttt textup textnormal mbox hbox operatorname');

/** A font that says no more than "upright" or "italic". */
export const NEUTRAL_FONTS = set('mathrm mathit mathsf mathtt mathnormal rm it sf tt');

export const FONTS: ReadonlyMap<string, string> = new Map([
  ...'mathbf boldsymbol bm pmb bf boldmath'.split(' ').map(f => [f, 'mathbf'] as const),
  ...'mathcal cal mathscr'.split(' ').map(f => [f, 'mathcal'] as const),
  ...'mathbb Bbb'.split(' ').map(f => [f, 'mathbb'] as const),
  ['mathfrak', 'mathfrak'],
  ...'vec overrightarrow'.split(' ').map(f => [f, 'vec'] as const),
]);

export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ...'hat widehat'.split(' ').map(a => [a, 'hat'] as const),
  ...'tilde widetilde'.split(' ').map(a => [a, 'tilde'] as const),
  ...'bar overline'.split(' ').map(a => [a, 'bar'] as const),
  ...'dot ddot check breve acute grave mathring'.split(' ').map(a => [a, a] as const),
]);

/** Environments whose rows are equations. */
export const EQUATION_ENVIRONMENTS = set(
  'equation equation* align align* aligned alignat alignat* alignedat flalign flalign* gather gather* gathered ' +
    'multline multline* multlined split eqnarray eqnarray* displaymath math darray dmath dmath* subequations',
);

/** Environments with a column argument. */
export const COLUMN_ENVIRONMENTS = set('array tabular alignat alignat* alignedat darray subarray');
