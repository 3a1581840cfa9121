// The one place where a benchmark calls this library.

/** Every cell of dL/dX and dL/dF of a 'valid' conv2d, as text: {x: string[], w: string[]}. */
export async function makeOurs({ n, k, channels, kernels }) {
  const library = await import('backproof').catch(() => ({}));
  if (typeof library.symbolic !== 'function') throw new Error('not built yet');
  const shapes = { x: [1, channels, n, n], w: [kernels, channels, k, k] };
  return () => {
    const { gradients } = library.symbolic('conv2d', shapes);
    return { x: gradients.x.texts(), w: gradients.w.texts() };
  };
}
