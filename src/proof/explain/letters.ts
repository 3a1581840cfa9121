/** How names are written: q'1 as q'₁ or q'_{1}, and as q' at one spatial axis. */

/** What a name ends in when it stands for its copies on every axis. */
export type Axis = number | null;

export interface Letters {
  /** @param axis the axis whose digit is written as k, for what is said once for all axes */
  readonly write: (name: string, axis: Axis) => string;
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** @param all every name there is: at one axis p1 is p, unless that is another name */
export function lettersOf(all: ReadonlySet<string>, axes: number, latex: boolean): Letters {
  const shown = (name: string, axis: Axis) => {
    const [, stem, digits] = /^(.*?[^\d])(\d*)$/.exec(name) ?? ['', name, ''];
    const isSingle = axes === 1 && digits === '1' && !all.has(stem!);
    const index = isSingle ? '' : digits !== '' && Number(digits) === axis ? 'k' : digits!;
    return latex ? latexName(stem!, index) : stem + subscript(index);
  };
  return { write: shown };
}

const subscript = (index: string): string =>
  index === 'k' ? 'ₖ' : [...index].map(digit => SUBSCRIPTS[Number(digit)]).join('');

/** Words are set as words, and letters as letters. */
function latexName(stem: string, index: string): string {
  const [, word, primes] = /^(.*?)('*)$/.exec(stem)!;
  const body = word!.length > 1 ? `\\mathit{${word!.replaceAll('_', '\\_')}}` : word!.replaceAll('_', '\\_');
  return `${body}${primes}${index === '' ? '' : `_{${index}}`}`;
}
