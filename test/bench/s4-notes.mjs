// A hand derivation with 40 correct equations: a 4 x 4 input under a 2 x 2 filter.

const extent = 4;
const kernel = 2;
const size = extent - kernel + 1;
const pairs = count =>
  Array.from({ length: count * count }, (_, i) => [Math.floor(i / count) + 1, (i % count) + 1]);
const name = (letter, i, j) => `${letter}_{${i}${j}}`;
const partial = (of, by) => `\\frac{\\partial ${of}}{\\partial ${by}}`;
const sum = terms => terms.join(' + ');

const forward = pairs(size).map(([i, j]) => {
  const terms = pairs(kernel).map(([p, q]) => `${name('X', i + p - 1, j + q - 1)}${name('F', p, q)}`);
  return `${name('O', i, j)} = ${sum(terms)}`;
});
const byKernel = pairs(kernel).map(([p, q]) => {
  const terms = pairs(size).map(
    ([i, j]) => `${partial('L', name('O', i, j))} ${name('X', i + p - 1, j + q - 1)}`,
  );
  return `${partial('L', name('F', p, q))} = ${sum(terms)}`;
});
const byInput = pairs(extent).map(([i, j]) => {
  const touching = pairs(kernel).filter(([p, q]) => i - p >= 0 && i - p < size && j - q >= 0 && j - q < size);
  const terms = touching.map(
    ([p, q]) => `${partial('L', name('O', i - p + 1, j - q + 1))} ${name('F', p, q)}`,
  );
  return `${partial('L', name('X', i, j))} = ${sum(terms)}`;
});
const local = pairs(size).flatMap(([i, j]) =>
  pairs(kernel).map(
    ([p, q]) => `${partial(name('O', i, j), name('F', p, q))} = ${name('X', i + p - 1, j + q - 1)}`,
  ),
);

export const equationCount = 40;
const equations = [...forward, ...byKernel, ...byInput, ...local].slice(0, equationCount);

export const notes = [
  '# A 4 x 4 input under a 2 x 2 filter',
  '<!-- backproof: conv2d input=X[4,4] kernel=F[2,2] output=O loss=L stride=1 padding=0 dilation=1 index=pair -->',
  ...equations.map(equation => `$$${equation}$$`),
  '',
].join('\n\n');
