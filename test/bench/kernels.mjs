// The one place where S2 and S3 find the kernels of this library.

export const loadKernels = () =>
  import('backproof/kernels').catch(() => {
    throw new Error('not built; run: npm run build');
  });

const square = value => [value, value];

/** The geometry of a layer of s3-cases.mjs. */
export const geometryOf = ({ kind, stride, dilation, pad, groups, left }) => ({
  stride: square(stride),
  dilation: square(dilation),
  padding: square(square(pad)),
  groups,
  ...(kind === 'transposed' && { outputPadding: square(left) }),
});
