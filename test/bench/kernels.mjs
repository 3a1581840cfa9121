// The one place where S2 and S3 find the kernels of this library.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bundle = new URL('../../.bench/kernels.mjs', import.meta.url);
const subpath = 'backproof/kernels'; // not a literal: a build may not have it

const installed = () =>
  import(subpath).catch(error => {
    if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' || error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  });

/** Once, before the workers start: bundles the sources where the package does not export its kernels. */
export async function prepareKernels() {
  if (await installed()) return;
  const [entry, outfile] = [new URL('../../src/kernels/index.ts', import.meta.url), bundle].map(
    fileURLToPath,
  );
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node' });
  console.error(`no ${subpath} in this build: measuring the sources`);
}

export const loadKernels = async () => (await installed()) ?? import(bundle.href);

/** Options of a kernel call that ask for an engine by name; without a name, none. */
export async function engineOptions({ createEngine }, name) {
  if (name === undefined) return undefined;
  if (!createEngine) throw new Error('this build has no engines');
  return { engine: await createEngine(name) };
}

const square = value => [value, value];

/** The geometry of a layer of s3-cases.mjs. */
export const geometryOf = ({ kind, stride, dilation, pad, groups, left }) => ({
  stride: square(stride),
  dilation: square(dilation),
  padding: square(square(pad)),
  groups,
  ...(kind === 'transposed' && { outputPadding: square(left) }),
});
