/** The data of a C-order array with its axes reordered: axis a of the result is axis order[a] of the array. */
export function permuted(data, shape, order) {
  const steps = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, extent) => product * extent, 1),
  );
  const extents = order.map(axis => shape[axis]);
  const out = new data.constructor(data.length);
  const index = extents.map(() => 0);
  for (let at = 0; at < out.length; at += 1) {
    let from = 0;
    for (let axis = 0; axis < index.length; axis += 1) from += index[axis] * steps[order[axis]];
    out[at] = data[from];
    for (let axis = index.length - 1; axis >= 0 && ++index[axis] === extents[axis]; axis -= 1)
      index[axis] = 0;
  }
  return out;
}
