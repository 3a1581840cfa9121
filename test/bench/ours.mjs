// The one place where S1 calls this library.

/** Every cell of dL/dX and dL/dF of a 'valid' conv2d, as text: {x: string[], w: string[]}. */
export async function makeOurs({ n, k, channels, kernels }) {
  const library = await import('backproof').catch(() => ({}));
  if (typeof library.symbolic !== 'function') throw new Error('not built; run: npm run build');
  const shapes = { x: [1, channels, n, n], w: [kernels, channels, k, k] };
  return () => {
    const { gradients } = library.symbolic('conv2d', shapes);
    return { x: gradients.x.texts(), w: gradients.w.texts() };
  };
}

/** A text of ours in the names of s1-task.mjs: x[0,2,5,6] is x_2_5_6, yBar[0,1,3,4] is y_1_3_4. */
export const inTaskNames = text =>
  text
    .replace(/\b(?:yBar|x)\[0,/g, name => `${name.charAt(0)}_`)
    .replaceAll('w[', 'w_')
    .replaceAll(',', '_')
    .replaceAll(']', '');
