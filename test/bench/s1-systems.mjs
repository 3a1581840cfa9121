// The systems of S1, each a function that answers one task: ours, a floor, and computer algebra systems that
// differentiate every output by everything it depends on, with the chain rule written out by hand.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CHECK_MS, LIMIT_MS, overdue } from './limits.mjs';
import { inTaskNames, makeOurs } from './ours.mjs';
import { loadPeer } from './peers.mjs';
import { cellNames, outputs, summarize as summarizeTexts } from './s1-task.mjs';

/** Plain loops over the closed forms, nothing but strings: what no symbolic system can beat by much. */
function makeFloor({ n, k, channels, kernels }) {
  const size = n - k + 1;
  const grid = (letter, heads, extent) => {
    const names = [];
    for (const head of heads)
      for (let i = 0; i < extent; i += 1)
        for (let j = 0; j < extent; j += 1) names.push(`${letter}${head}_${i}_${j}`);
    return names;
  };
  const heads = Array.from({ length: kernels }, (_, o) =>
    Array.from({ length: channels }, (_, c) => `_${o}_${c}`),
  );

  function inputCell(y, w, c, i, j) {
    const terms = [];
    for (let o = 0; o < kernels; o += 1)
      for (let p = Math.max(0, i - size + 1); p <= Math.min(k - 1, i); p += 1)
        for (let q = Math.max(0, j - size + 1); q <= Math.min(k - 1, j); q += 1)
          terms.push(`${y[(o * size + i - p) * size + j - q]}*${w[((o * channels + c) * k + p) * k + q]}`);
    return terms.join(' + ');
  }
  function kernelCell(y, x, o, c, p, q) {
    const terms = [];
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j < size; j += 1)
        terms.push(`${y[(o * size + i) * size + j]}*${x[(c * n + i + p) * n + j + q]}`);
    return terms.join(' + ');
  }
  return () => {
    const x = grid(
      'x',
      heads[0].map((_, c) => `_${c}`),
      n,
    );
    const w = grid('w', heads.flat(), k);
    const y = grid(
      'y',
      heads.map((_, o) => `_${o}`),
      size,
    );
    const answer = { x: [], w: [] };
    for (let c = 0; c < channels; c += 1)
      for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) answer.x.push(inputCell(y, w, c, i, j));
    for (let o = 0; o < kernels; o += 1)
      for (let c = 0; c < channels; c += 1)
        for (let p = 0; p < k; p += 1)
          for (let q = 0; q < k; q += 1) answer.w.push(kernelCell(y, x, o, c, p, q));
    return answer;
  };
}

/** The chain rule by hand: `derive(text)` gives, for one output, the text of its derivative by a name. */
function makeChainRule(task, derive) {
  const cells = outputs(task);
  const { x, w } = cellNames(task);
  return () => {
    const sums = new Map([...x, ...w].map(name => [name, []]));
    for (const { upstream, text, names } of cells) {
      const by = derive(text);
      for (const name of names) sums.get(name).push(`${upstream}*(${by(name)})`);
    }
    const textOf = name => sums.get(name).join(' + ');
    return { x: x.map(textOf), w: w.map(textOf) };
  };
}

async function makeMathjs(task, simplify) {
  const { derivative, parse } = await import('mathjs');
  return makeChainRule(task, text => {
    const output = parse(text);
    return name => derivative(output, name, { simplify }).toString();
  });
}

function makeAlgebrite(task) {
  const algebrite = loadPeer('algebrite');
  const run = text => {
    const answer = algebrite.run(text);
    if (answer.includes('Stop:')) throw new Error(answer.trim()); // its way to say that it failed
    return answer;
  };
  return makeChainRule(task, text => {
    run(`output=${text}`);
    return name => run(`d(output,${name})`);
  });
}

/** SymPy times its own CPU, without import and without printing, in a fresh process each time. */
async function makeSympy(task) {
  const run = promisify(execFile);
  const { n, k, channels, kernels } = task;
  const script = fileURLToPath(new URL('./s1-sympy.py', import.meta.url));
  await run('python3', ['-c', 'import sympy']).catch(() => {
    throw new Error("not installed: python3 -c 'import sympy' fails");
  });
  const options = { maxBuffer: 2 ** 30, timeout: LIMIT_MS + CHECK_MS - 1000, killSignal: 'SIGKILL' };
  return async () => {
    const args = [script, ...[n, k, channels, kernels].map(String)];
    const { stdout } = await run('python3', args, options).catch(error => {
      throw error.killed ? new Error(overdue) : error;
    });
    return JSON.parse(stdout);
  };
}

const makers = {
  backproof: makeOurs,
  floor: makeFloor,
  'mathjs simplified': task => makeMathjs(task, true),
  'mathjs unsimplified': task => makeMathjs(task, false),
  algebrite: makeAlgebrite,
  sympy: makeSympy,
};

export const systemNames = Object.keys(makers);
export const makeSystem = (name, task) => makers[name](task);

/** What the answer of a system says, whatever names it says it in. */
export const summarize = (name, answer) =>
  summarizeTexts(answer, name === 'backproof' ? inTaskNames : undefined);

/** Reads the last character of every text: a rope that was never joined is not an answer yet. */
export function consume({ x, w }) {
  let sum = 0;
  for (const texts of [x, w]) for (const text of texts) sum += text.charCodeAt(text.length - 1);
  return sum;
}
