/** Tokens: the same kinds from LaTeX and from plain text, each with its place in the document. */

export interface Token {
  readonly kind: TokenKind;
  /** Which one of its kind: the letter, the digits, the name of the sign, bracket or environment. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** What stood between this token and the one before. */
  readonly gap: 'none' | 'space' | 'line';
  readonly font: string | null;
}

export type TokenKind =
  | 'number'
  | 'name' // a letter, a Greek letter by its word, or a known word
  | 'text' // \text{...}: the words, outer blanks kept
  | 'partial' // value: partial or d
  | 'nabla'
  | 'sign' // + or -
  | 'product'
  | 'slash'
  | 'relation' // what makes an equation
  | 'compare' // < > <= >= != in
  | 'arrow'
  | 'forall'
  | 'open' // { ( [ \{ | || floor ceil angle .   where { is the invisible brace of LaTeX
  | 'close'
  | 'bar' // | or ||, side unknown
  | 'sub'
  | 'sup'
  | 'prime'
  | 'degree'
  | 'comma'
  | 'semicolon'
  | 'colon'
  | 'dot'
  | 'dots'
  | 'amp'
  | 'row'
  | 'gap' // \quad and wider
  | 'frac'
  | 'sqrt'
  | 'accent'
  | 'note' // \underbrace, \overbrace: the script below or above says something and means nothing
  | 'big' // sum, prod, max, min
  | 'begin'
  | 'end'
  | 'tag'
  | 'unsupported' // value: what it is, for the reason
  | 'unknown' // a command or character that is not ours
  | 'unclosed'
  | 'eof';

export type Lexeme = Pick<Token, 'kind' | 'value'>;
