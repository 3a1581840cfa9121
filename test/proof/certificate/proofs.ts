/** Proofs made by hand, to be written, read and explained. */
import { integer, polynomial } from '../../../src/exact/index.js';
import { parseProgram } from '../../../src/index-sum/index.js';
import type { Proof } from '../../../src/proof/trusted/check.js';
import { applyStep, type Evidence, type Step } from '../../../src/proof/trusted/rules.js';
import { type Statement, sidesOf } from '../../../src/proof/trusted/statement.js';

export interface Example {
  readonly id: string;
  readonly statement: Statement;
  readonly proof: Proof;
}

const poly = (text: string) => polynomial.parse(text)!;

interface Texts {
  readonly rank: number;
  readonly parameters: string;
  readonly assume: string;
  readonly units?: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, number>>;
  readonly definitions: string;
  /** `side[free] = terms` */
  readonly left: string;
  readonly right: string;
  readonly by?: string;
}

/** Words with `@` once per axis. */
function words(text: string, rank: number): string[] {
  const list = text.split(/\s+/).filter(word => word);
  const copies = Array.from({ length: rank }, (_, k) => String(k + 1));
  return list.flatMap(word => (word.includes('@') ? copies.map(axis => word.replaceAll('@', axis)) : [word]));
}

function definitionsOf(text: string, rank: number) {
  if (text === '') return [];
  return parseProgram(text, rank).stages.map(stage => {
    if (stage.kind !== 'sum') throw new Error(stage.kind);
    return { name: stage.name, free: stage.free, terms: stage.terms };
  });
}

function statementOf(texts: Texts): Statement {
  const { rank } = texts;
  const [left, right] = definitionsOf(`${texts.left}; ${texts.right.replace(/^side/, 'other')}`, rank);
  const by = texts.by ? definitionsOf(`u[] = ${texts.by}`, 1)[0]!.terms[0]!.atoms[0]! : null;
  return {
    parameters: words(texts.parameters, rank),
    assume: words(texts.assume, rank).map(poly),
    tensors: new Map(Object.entries(texts.tensors)),
    units: new Map(Object.entries(texts.units ?? {}).map(([name, value]) => [name, poly(value)])),
    definitions: definitionsOf(texts.definitions, rank),
    free: left!.free,
    left: left!.terms,
    by,
    right: right!.terms,
  };
}

/** "a*b + c" with each factor a fact in parentheses: "(s1-1)(p1)+(p1)". */
const evidence = (...sums: readonly string[]): Evidence =>
  sums.map(sum =>
    (sum.match(/(?:\([^()]*\))+/g) ?? []).map(product => product.slice(1, -1).split(')(').map(poly)),
  );

type Draft = (Exclude<Step, { rule: 'drop' }> | { rule: 'drop'; of: string; evidence: Evidence })[];

const eliminate = (name: string): Draft[number] => ({ rule: 'eliminate', name });
const rename = (names: Readonly<Record<string, string>>): Draft[number] => ({
  rule: 'rename',
  names: new Map(Object.entries(names)),
});

/** Drops the guard with this value or zero. */
const drop = (of: string, ...sums: readonly string[]): Draft[number] => ({
  rule: 'drop',
  of,
  evidence: evidence(...sums),
});

/** The steps with the places of the guards filled in. */
function proofOf(
  statement: Statement,
  left: readonly Draft[],
  right: readonly Draft[],
  witness: Readonly<Record<string, number>>,
): Proof {
  const sides = sidesOf(statement);
  const follow = (term: (typeof sides.left)[number], draft: Draft): Step[] => {
    let now: typeof term | null = term;
    return draft.map(one => {
      const step: Step = one.rule === 'drop' ? { ...one, guard: placeOf(now!, poly(one.of)) } : one;
      now = applyStep(now!, step, statement, sides.scope);
      if (step.rule !== 'drop') return step;
      return { rule: 'drop', guard: step.guard, evidence: step.evidence };
    });
  };
  const side = (terms: typeof sides.left, drafts: readonly Draft[]) =>
    terms.map((term, k) => follow(term, drafts[k]!));
  return {
    factors: [],
    left: side(sides.left, left),
    right: side(sides.right, right),
    witness: new Map(Object.entries(witness).map(([name, value]) => [name, integer.from(value)])),
  };
}

function placeOf({ guards }: ReturnType<typeof sidesOf>['left'][number], value: ReturnType<typeof poly>) {
  const place = guards.findIndex(guard =>
    polynomial.equal(guard.kind === 'range' ? guard.value : guard.zero, value),
  );
  if (place < 0) throw new Error(`no guard ${polynomial.text(value)}`);
  return place;
}

/** dX of a convolution without groups, every axis in turn. */
export function inputGradient(rank: 1 | 2 | 3): Example {
  const statement = statementOf({
    rank,
    parameters: 'N C O L@ K@ P@ s@ d@ a@',
    assume: 'N C O L@ K@ P@ s@-1 d@-1',
    tensors: { x: 2 + rank, w: 2 + rank, dy: 2 + rank },
    definitions: `y[n<N, o<O, p@<P@] = sum(c<C, q@<K@) [0 <= s@*p@ + d@*q@ - a@ < L@]
        w[o, c, q@] * x[n, c, s@*p@ + d@*q@ - a@];
      stuffed[n<N, o<O, u@<s@*P@ - s@ + 1] = sum(p@<P@) [u@ = s@*p@] dy[n, o, p@];
      dilated[o<O, c<C, v@<d@*K@ - d@ + 1] = sum(q@<K@) [v@ = d@*q@] w[o, c, q@];
      rotated[o<O, c<C, v@<d@*K@ - d@ + 1] = dilated[o, c, d@*K@ - d@ - v@];
      full[n<N, c<C, i@<s@*P@ + d@*K@ - s@ - d@ + 1] = sum(o<O, v@<d@*K@ - d@ + 1)
        [0 <= i@ + v@ - d@*K@ + d@ < s@*P@ - s@ + 1] stuffed[n, o, i@ + v@ - d@*K@ + d@] * rotated[o, c, v@];
      window[n<N, c<C, i@<L@] = full[n, c, i@ + a@]`,
    left: `side[n<N, c<C, i@<L@] = sum(m<N, o<O, p@<P@) dy[m, o, p@] * y[m, o, p@]`,
    by: `x[n, c, ${words('i@', rank).join(', ')}]`,
    right: 'side[n<N, c<C, i@<L@] = window[n, c, i@]',
  });
  const each = (make: (on: (text: string) => string) => Draft): Draft =>
    Array.from({ length: rank }, (_, k) => make(text => text.replaceAll('@', String(k + 1)))).flat();
  const left: Draft = [
    eliminate('m'),
    drop('n', '(n)', '(N-1-n)'),
    eliminate("c'"),
    drop('c', '(c)', '(C-1-c)'),
    ...each(on => [
      drop(on('s@*p@+d@*q@-a@'), on('(i@)+(s@*p@+d@*q@-a@-i@)'), on('(L@-1-i@)+(i@+a@-s@*p@-d@*q@)')),
    ]),
  ];
  const right: Draft = each(on => [
    eliminate(on('v@')),
    drop(on('s@*p@'), on('(s@-1)(p@)+(p@)'), on('(s@-1)(P@-1-p@)+(P@-1-p@)')),
    drop(
      on('s@*p@-i@-a@+d@*K@-d@'),
      on('(d@-1)(K@-1-q@)+(K@-1-q@)+(s@*p@+d@*q@-i@-a@)'),
      on('(d@-1)(q@)+(q@)+(i@+a@-s@*p@-d@*q@)'),
    ),
  ]);
  return { id: `conv${rank}d/x`, statement, proof: proofOf(statement, [left], [right], sizesOf(statement)) };
}

/** Sizes and all else from 2 to 3. */
const sizesOf = ({ parameters }: Statement) =>
  Object.fromEntries(parameters.map((name, k) => [name, 2 + (k % 2)]));

/** <y, A x> = <A* y, x> for zero-stuffing: no derivative, no free index. */
function adjoint(): Example {
  const statement = statementOf({
    rank: 1,
    parameters: 'L s',
    assume: 'L s-1',
    tensors: { x: 1, u: 1 },
    definitions: `stuffed[p<s*L] = sum(q<L) [p = s*q] x[q]; kept[q<L] = u[s*q]`,
    left: 'side[] = sum(p<s*L) u[p] * stuffed[p]',
    right: 'side[] = sum(k<L) kept[k] * x[k]',
  });
  const left: Draft = [
    eliminate('p'),
    drop('s*q', '(s-1)(q)+(q)', '(s-1)(L-1-q)+(L-1-q)+(s-1)'),
    rename({ q: 'k' }),
  ];
  return {
    id: 'zero_stuff/x/adjoint',
    statement,
    proof: proofOf(statement, [left], [[]], sizesOf(statement)),
  };
}

/** A sum over a range of G*M is a sum over groups and members; every other rule is used too. */
function split(): Example {
  const statement = statementOf({
    rank: 1,
    parameters: 'G M',
    assume: 'G M',
    tensors: { x: 1 },
    definitions: '',
    left: 'side[] = sum(o<G*M) 2*x[o] - sum(o<G*M) 2*x[o] + sum(o<G) [o = G] x[o]',
    right: 'side[] = sum(o<G) [o = 0 - 1] x[o]',
  });
  const [o, gm] = [poly('o'), poly('G*M')];
  const first: Draft = [
    { rule: 'add', guard: { kind: 'range', value: o, extent: gm }, evidence: evidence('(o)', '(G*M-1-o)') },
    { rule: 'introduce', guard: 0, name: 't' },
    eliminate('t'),
    drop('o', '(o)', '(G*M-1-o)'),
    splitInto('o', ['g<G', 'j<M'], evidence('(G)', '(M)')),
  ];
  const second: Draft = [
    splitInto('o', ['j<G', 'g<M'], evidence('(G)', '(M)')),
    rename({ j: 't', g: 'j' }),
    rename({ t: 'g' }),
  ];
  const none: Draft = [{ rule: 'vanish', evidence: evidence('(G-1-o)+(o-G)') }];
  const below: Draft = [
    { rule: 'index', atom: 0, axis: 0, value: poly('-1'), evidence: evidence('(-o-1)', '(o+1)') },
    { rule: 'vanish', evidence: evidence('(o)+(-o-1)') },
  ];
  return {
    id: 'split/groups',
    statement,
    proof: proofOf(statement, [first, second, none], [below], sizesOf(statement)),
  };
}

const splitInto = (name: string, into: readonly [string, string], shown: Evidence): Draft[number] => ({
  rule: 'split',
  name,
  into: [rangeOf(into[0]), rangeOf(into[1])],
  evidence: shown,
});

const rangeOf = (text: string) => {
  const [name, extent] = text.split('<');
  return { name: name!, extent: poly(extent!) };
};

export const examples = (): Example[] => [
  inputGradient(1),
  inputGradient(2),
  inputGradient(3),
  adjoint(),
  split(),
];
