// What every system of S1 is asked: L depends on y through upstream gradients y_o_i_j, y is the 'valid' sliding
// product of x_c_i_j with w_o_c_i_j; wanted is the text of every cell of dL/dx and dL/dw.

const range = count => Array.from({ length: count }, (_, i) => i);

export const cases = [
  { name: '3,2', n: 3, k: 2, channels: 1, kernels: 1 },
  { name: '8,3', n: 8, k: 3, channels: 1, kernels: 1 },
  { name: '16,3', n: 16, k: 3, channels: 1, kernels: 1 },
  { name: '28,5', n: 28, k: 5, channels: 1, kernels: 1 },
  { name: '64,3', n: 64, k: 3, channels: 1, kernels: 1 },
  { name: '16,3 3->8', n: 16, k: 3, channels: 3, kernels: 8 },
];

export const answerTerms = ({ n, k, channels, kernels }) => 2 * kernels * channels * (k * (n - k + 1)) ** 2;

/** Names of the cells of x and of w, in C order: the order of the answer. */
export function cellNames({ n, k, channels, kernels }) {
  const planes = (prefixes, extent) =>
    prefixes.flatMap(prefix => range(extent).flatMap(i => range(extent).map(j => `${prefix}_${i}_${j}`)));
  const x = range(channels).map(c => `x_${c}`);
  const w = range(kernels).flatMap(o => range(channels).map(c => `w_${o}_${c}`));
  return { x: planes(x, n), w: planes(w, k) };
}

/** Every output cell as text, with the name of its upstream gradient and of everything it depends on. */
export function outputs({ n, k, channels, kernels }) {
  const size = n - k + 1;
  const taps = range(channels).flatMap(c => range(k).flatMap(p => range(k).map(q => [c, p, q])));
  const cell = (o, i, j) => {
    const factors = taps.map(([c, p, q]) => [`x_${c}_${i + p}_${j + q}`, `w_${o}_${c}_${p}_${q}`]);
    const text = factors.map(([x, w]) => `${x}*${w}`).join('+');
    return { upstream: `y_${o}_${i}_${j}`, text, names: factors.flat() };
  };
  return range(kernels).flatMap(o => range(size).flatMap(i => range(size).map(j => cell(o, i, j))));
}

/** A small integer for a name, so that texts of any form can be compared by value. */
function numberFor(name) {
  let hash = 7;
  for (let i = 0; i < name.length; i += 1) hash = (hash * 31 + name.charCodeAt(i)) % 65_521;
  return 1 + (hash % 97);
}

const evaluate = text => Function(`return ${text.replace(/[wxy](?:_\d+)+/g, numberFor)}`)();
const countTerms = text => (text === '0' ? 0 : text.split(' + ').length);

/** What can be compared of an answer: cells and terms as they stand, and the value of every cell. */
export function summarize({ x, w }, read = text => text) {
  const terms = [x, w].flat().reduce((sum, text) => sum + countTerms(text), 0);
  const values = [x, w].map(texts => texts.map(text => evaluate(read(text))));
  return { cells: [x.length, w.length], terms, values };
}

/** How a summary differs from the reference, or null; terms are only compared where the answer is `expanded`. */
export function differs(answer, reference, { expanded }) {
  if (String(answer.cells) !== String(reference.cells))
    return `${answer.cells} cells, not ${reference.cells}`;
  if (expanded && answer.terms !== reference.terms) return `${answer.terms} terms, not ${reference.terms}`;
  const expected = reference.values.flat();
  const at = answer.values.flat().findIndex((value, i) => value !== expected[i]);
  return at < 0 ? null : `cell ${at} has another value`;
}
