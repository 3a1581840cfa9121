/** One plain sentence for a wrong equation. */
import type { Formula } from '../formula/tree.js';
import type { Role } from '../setup/setup.js';
import type { Diagnosis } from './claim.js';
import { pairSlip } from './edit.js';
import type { Given, Model } from './model.js';
import { plainText } from './text.js';

const TENSOR_WORDS: Readonly<Record<Given, string>> = {
  input: 'the input',
  kernel: 'the kernel',
  bias: 'the bias',
  upstream: 'the upstream gradient',
};

/** More terms than this are counted instead of listed. */
const LISTED = 3;

export function diagnosisMessage(diagnosis: Diagnosis, headFormula: Formula): string {
  switch (diagnosis.kind) {
    case 'left-side':
      return `the other side is ${plainText(diagnosis.head)}, not ${plainText(headFormula)}`;
    case 'rotated':
      return 'the kernel must be rotated by 180 degrees: its indices run the wrong way through all terms';
    case 'transposed': {
      const names = diagnosis.turned.map(given => TENSOR_WORDS[given]).join(' and ');
      return `row and column are exchanged in the indices of ${names} throughout`;
    }
    case 'rebuilt':
      return `it should be ${plainText(diagnosis.head)} = ${shortened(plainText(diagnosis.side))}`;
    case 'terms':
      return termsMessage(diagnosis);
  }
}

function termsMessage({ matching, missing, extra }: Diagnosis): string {
  const replaced = matching?.replaced ?? [];
  const [wanted, written] = [missing.map(plainText), extra.map(plainText)];
  const parts: string[] = [];
  const [only] = replaced;
  if (only && replaced.length === 1 && pairSlip(only) === 'sign') {
    parts.push(
      `the sign of the term ${plainText(only.written.formula)} should be ${wanted[0]!.startsWith('-') ? 'minus' : 'plus'}`,
    );
  } else if (replaced.length > 0) {
    const n = replaced.length;
    parts.push(`${termList(written.slice(0, n))} should be ${list(wanted.slice(0, n))}`);
  }
  const [absent, surplus] = [wanted.slice(replaced.length), written.slice(replaced.length)];
  if (absent.length > 0) parts.push(`${termList(absent)} ${absent.length > 1 ? 'are' : 'is'} missing`);
  if (surplus.length > 0)
    parts.push(`${termList(surplus)} ${surplus.length > 1 ? 'do' : 'does'} not belong here`);
  return parts.join('; ');
}

function termList(texts: readonly string[]): string {
  return `the ${texts.length > 1 ? 'terms' : 'term'} ${list(texts)}`;
}

function list(texts: readonly string[]): string {
  if (texts.length > LISTED) return `${texts.slice(0, LISTED).join(', ')} and ${texts.length - LISTED} more`;
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}` : (texts[0] ?? '');
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** "F_{13} does not exist: F is 2 x 2". */
export function outsideMessage(outside: ReadonlyMap<string, Role>, { setup }: Model): string {
  const written = [...outside.keys()];
  const roles = new Set(outside.values());
  const [role] = roles;
  const subject = `${list(written)} ${written.length > 1 ? 'do' : 'does'} not exist`;
  const names = role === undefined || roles.size > 1 ? undefined : setup.roles[role];
  if (!names || names.shape.length === 0) return subject;
  return `${subject}: ${names.names[0]} is ${names.shape.length > 1 ? names.shape.join(' x ') : `${names.shape[0]} long`}`;
}

/** "for all values of X[3,3], F[2,2], stride 1". */
export function domainText({ setup }: Model): string {
  const { input, kernel, bias } = setup.roles;
  const tensors = [input, kernel, bias].flatMap(names =>
    names ? [`${names.names[0]}[${names.shape.join(',')}]`] : [],
  );
  const settings = Object.entries(setup.params)
    .filter(([name, value]) => name === 'stride' || !isDefault(setup.operator.params[name], value))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `for all values of ${[...tensors, ...settings].join(', ')}`;
}

function isDefault(byDefault: unknown, value: unknown): boolean {
  const flat = JSON.stringify([value].flat(2));
  return [value].flat(2).every(one => one === byDefault) || flat === JSON.stringify([byDefault]);
}
