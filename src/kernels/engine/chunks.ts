/** A batch cut into pieces whose scratch stays small: some images at a time, or one image in bands of its rows. */
import type { Three } from './job.js';
import type { FloatArray } from './machine.js';

export interface Chunk {
  readonly image: number;
  readonly images: number;
  /** Output cells of the outer axis. */
  readonly from: number;
  readonly count: number;
  /** The padding lies where it lay for the piece before. */
  readonly keepsPadding: boolean;
}

/** Elements that a piece may take: with so many, all that is read again and again stays in a cache. */
const SMALL = 2 ** 16;
/** Elements from which an image is cut into bands. */
const LARGE = 2 ** 20;

export interface ChunkPlan {
  /** Images and outer cells of the largest piece. */
  readonly images: number;
  readonly count: number;
}

/** `perImage` elements of scratch for an image with `count` cells on its outer axis. */
export function chunkPlan(images: number, count: number, perImage: number): ChunkPlan {
  if (perImage > LARGE) return { images: 1, count: Math.ceil(count / Math.ceil(perImage / LARGE)) };
  return { images: Math.min(images, Math.max(1, Math.floor(SMALL / perImage))), count };
}

export function* chunksOf(images: number, count: number, plan: ChunkPlan): Generator<Chunk> {
  for (let image = 0; image < images; image += plan.images) {
    for (let from = 0; from < count; from += plan.count) {
      yield {
        image,
        images: Math.min(plan.images, images - image),
        from,
        count: Math.min(plan.count, count - from),
        keepsPadding: plan.count >= count && image > 0,
      };
    }
  }
}

/** Cells `from` up to `to` of the outer axis of every plane of a tensor [images, channels, plane]. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** Elements of one plane and of its slice. */
function planeCells(plane: Three<number>, outer: number, { from, to }: Slice) {
  const inner = plane.slice(outer + 1).reduce((a, b) => a * b, 1);
  const before = plane.slice(0, outer).reduce((a, b) => a * b, 1);
  return { whole: before * plane[outer]! * inner, start: from * inner, cells: (to - from) * inner };
}

export interface Planes {
  readonly channels: number;
  readonly plane: Three<number>;
  readonly outer: number;
}

/** Calls `copy` for every run of elements that lie together in the tensor and in scratch [images, channels, slice]. */
function eachRun(
  { channels, plane, outer }: Planes,
  { image, images }: Chunk,
  slice: Slice,
  copy: (tensorAt: number, scratchAt: number, count: number) => void,
): void {
  const { whole, start, cells } = planeCells(plane, outer, slice);
  const first = image * channels;
  if (cells === whole) copy(first * whole, 0, images * channels * whole);
  else for (let k = 0; k < images * channels; k++) copy((first + k) * whole + start, k * cells, cells);
}

/** Copies a slice of the images of a tensor into scratch. */
export function copyIn(
  tensor: FloatArray,
  planes: Planes,
  chunk: Chunk,
  slice: Slice,
  scratch: FloatArray,
  at: number,
): void {
  eachRun(planes, chunk, slice, (from, to, count) =>
    scratch.set(tensor.subarray(from, from + count), at + to),
  );
}

/** Copies scratch to its place in a tensor. */
export function copyOut(
  tensor: FloatArray,
  planes: Planes,
  chunk: Chunk,
  slice: Slice,
  scratch: FloatArray,
  at: number,
): void {
  eachRun(planes, chunk, slice, (to, from, count) =>
    tensor.set(scratch.subarray(at + from, at + from + count), to),
  );
}

/** The plane with only a slice of its outer axis. */
export const sliced = (plane: Three<number>, outer: number, { from, to }: Slice): Three<number> => {
  const [d, h, w] = plane.map((extent, axis) => (axis === outer ? to - from : extent));
  return [d!, h!, w!];
};
