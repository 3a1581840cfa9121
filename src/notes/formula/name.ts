/** Names: a letter or word with scripts in any order, and what a bracket behind it makes of it. */

import { functionNamed } from './functions.js';
import { indexItem, plainName, readIndex } from './index-list.js';
import { accept, fail, inContext, isNext, next, type Parser, peek, spanFrom } from './parser.js';
import { holdsList, startsFactor } from './starts.js';
import { listItems } from './sum.js';
import { readSuperscript } from './superscript.js';
import { GREEK } from './symbols.js';
import type { Token } from './token.js';
import type { Formula, Index, Name } from './tree.js';

/** Functions that may stand before their argument without brackets. */
const PREFIX: ReadonlySet<string> = new Set(
  'exp log sin cos tan sinh cosh tanh sqrt sigmoid relu softmax softplus sign rot180 transpose flip diag det trace'.split(
    ' ',
  ),
);

export function nameAtom(p: Parser): Formula {
  const token = next(p);
  return called(p, scripted(p, { ...plainName(token), sub: digitsBehind(p, token) }));
}

/** `X11` is X with the index 11. */
function digitsBehind(p: Parser, name: Token): Index | null {
  const token = peek(p);
  if (token.kind !== 'number' || token.gap !== 'none' || functionNamed(name.value) !== null) return null;
  next(p);
  const span = { start: token.start, end: token.end };
  const items = [{ kind: 'number', text: token.value, span } as const];
  return { style: 'numeral', place: 'behind', items, text: token.value, span };
}

/** The name with the scripts behind it; each may come once, in any order. */
export function scripted(p: Parser, name: Name): Formula {
  let { sub, sup, star, primes } = name;
  let transposed = false;
  while (p.failure === null && (isNext(p, 'sub') || isNext(p, 'sup') || isNext(p, 'prime'))) {
    const sign = peek(p);
    if (accept(p, 'sub') !== null) {
      if (sub !== null) fail(p, 'syntax', `${name.base} has two subscripts`, sign);
      sub = readIndex(p, 'below');
    } else {
      const above = readSuperscript(p);
      if (above.sup !== null && sup !== null) fail(p, 'syntax', `${name.base} has two superscripts`, sign);
      sup = above.sup ?? sup;
      star ||= above.star;
      primes += above.primes;
      transposed ||= above.transposed;
    }
  }
  const span = spanFrom(p, name.span.start);
  const bare = { ...name, sub, sup, star, primes, span };
  if (sup !== null && sup.bracket === 'none' && !transposed && isEuler(bare)) {
    return { kind: 'power', base: { ...bare, sup: null }, exponent: sup.of, span };
  }
  return transposed ? { kind: 'transpose', of: bare, span } : bare;
}

/** `e^{-x}`; an error e has other scripts. */
function isEuler(name: Name): boolean {
  return (
    name.base === 'e' && name.sub === null && !name.star && name.primes === 0 && name.accents.length === 0
  );
}

/** `sigmoid(x)`, `Y(i,j)`, `I[i,j]`, `\log x`; anything else stays a name. */
export function called(p: Parser, name: Formula): Formula {
  if (name.kind !== 'name') return name;
  const head = rotationHead(name);
  const id = functionNamed(head.base);
  const known = id !== null || p.functions.has(head.base);
  const token = peek(p);
  const bracket = token.kind === 'open' ? token.value : '';
  const long = head.base.length > 1 && !GREEK.has(head.base);
  if (bracket === '(' && (known || holdsList(p))) return callOf(p, head);
  const applies = id !== null && PREFIX.has(id) && long;
  if ((bracket === '[' || bracket === 'curly') && applies) return callOf(p, head);
  if (bracket === '[' && token.gap === 'none' && name.sub === null) {
    return scripted(p, { ...name, sub: readIndex(p, 'brackets') });
  }
  if (!applies || !startsFactor(p)) return name;
  const args = [p.grammar.primary(p)];
  if (startsFactor(p)) {
    return fail(p, 'ambiguous', `it is unclear how far ${head.base} reaches; use brackets`, token);
  }
  return { kind: 'call', head, args, span: spanFrom(p, name.span.start) };
}

/** `\text{rot}_{180^\circ}` is rot180. */
function rotationHead(name: Name): Name {
  const angle = /^rot(?:ate)?$/i.test(name.base) && name.sub !== null ? /^180/.test(name.sub.text) : false;
  return angle ? { ...name, base: 'rot180', sub: null } : name;
}

export function callOf(p: Parser, head: Name): Formula {
  const open = next(p);
  const args = inContext(p, 'list', () => (isNext(p, 'close') ? [] : listItems(p, indexItem)));
  if (accept(p, 'close') === null) fail(p, 'unclosed', `the bracket behind ${head.base} is not closed`, open);
  return { kind: 'call', head, args, span: spanFrom(p, head.span.start) };
}
