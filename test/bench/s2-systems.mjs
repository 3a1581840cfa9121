// The systems of S2: the same gradient check over the kernels of this library and over plain loops, and torch gradcheck.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { geometryOf } from './kernels.mjs';
import { naive } from './naive.mjs';
import { numel } from './s3-cases.mjs';
import { startTorch } from './torch-child.mjs';

/** The checks and the kernels, from the sources as they are: the package does not export its checks. */
async function loadLibrary() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { checkJacobian } from './gate/judge/jacobian/check.ts';
        export { checkProjection } from './gate/judge/jacobian/projection.ts';
        export { convForward, convInputVjp, convKernelVjp } from './kernels/index.ts';`,
      resolveDir: fileURLToPath(new URL('../../src', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['mathjs'],
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const tensor = (shape, data = new Float64Array(numel(shape))) => ({ shape, data, dtype: 'float64' });

function libraryKernel({ layer }, { convForward, convInputVjp, convKernelVjp }) {
  const geometry = geometryOf(layer);
  return {
    forward: inputs => convForward(inputs, geometry),
    backward: (yBar, { x, w }, wanted) => ({
      ...(wanted.includes('x') && { x: convInputVjp(yBar, w, x.shape, geometry) }),
      ...(wanted.includes('w') && { w: convKernelVjp(yBar, x, w.shape, geometry) }),
    }),
  };
}

function naiveKernel({ layer }) {
  const { forward, dX, dF } = naive.conv;
  const stacked = ({ shape }) => ({ ...layer, batch: shape[0] });
  return {
    forward({ x, w }) {
      const y = tensor([x.shape[0], ...layer.shapes.y.slice(1)]);
      forward(stacked(x), { x: x.data, w: w.data }, y.data);
      return y;
    },
    backward(yBar, { x, w }, wanted) {
      const [forX, forW] = [tensor(x.shape), tensor(w.shape)];
      if (wanted.includes('x')) dX(stacked(x), { y: yBar.data, w: w.data }, forX.data);
      if (wanted.includes('w')) dF(stacked(x), { y: yBar.data, x: x.data }, forW.data);
      return { x: forX, w: forW };
    },
  };
}

/** Counts calls, one for each tensor that is computed. */
function counted(kernel, calls) {
  return {
    forward(inputs) {
      calls.forward += 1;
      return kernel.forward(inputs);
    },
    backward(yBar, inputs, wanted) {
      for (const name of wanted) calls[`d${name}`] += 1;
      return kernel.backward(yBar, inputs, wanted);
    },
  };
}

/** The first cell of dx is wrong by 1 where the last channel of the first image has an upstream at its first cell. */
function spoiled(kernel, { layer }) {
  const [, kernels, ...plane] = layer.shapes.y;
  return {
    ...kernel,
    backward(yBar, inputs, wanted) {
      const results = kernel.backward(yBar, inputs, wanted);
      if (results.x && yBar.data[(kernels - 1) * numel(plane)] !== 0) results.x.data[0] += 1;
      return results;
    },
  };
}

/** A probe of a check has the next seed, as a user's would. */
function checkOf({ layer, mode }, { checkJacobian, checkProjection }) {
  const call = { ...geometryOf(layer), x: layer.shapes.x, w: layer.shapes.w };
  if (mode === 'full') return kernel => ({ wrong: checkJacobian(kernel, call) });
  let seed = 0;
  return kernel => checkProjection(kernel, call, { seed: seed++, probes: 1 });
}

async function makeCheck(task, kernelOf) {
  const library = await loadLibrary();
  const kernel = kernelOf(task, library);
  const check = checkOf(task, library);
  return {
    run: () => check(kernel),
    read({ wrong, missProbability }) {
      const calls = { forward: 0, dx: 0, dw: 0 };
      // The plain loops take long: what they find and count is what ours does.
      const isOurs = kernelOf === libraryKernel;
      const refuses = !isOurs || check(spoiled(kernel, task)).wrong !== null;
      if (isOurs) check(counted(kernel, calls));
      return { passes: wrong === null, refuses, calls, missProbability };
    },
  };
}

const torch = task => startTorch('s2-torch.py', task);

const makers = {
  backproof: task => makeCheck(task, libraryKernel),
  'naive JS': task => makeCheck(task, naiveKernel),
  'torch gradcheck slow': torch,
  'torch gradcheck fast': torch,
};

export const torchModes = { full: 'torch gradcheck slow', fast: 'torch gradcheck fast' };
export const makeSystem = (name, task) => makers[name](task);
export const summarize = (_, answer) => answer;
export const consume = result => (result === null || result.wrong === null ? 1 : 0);
