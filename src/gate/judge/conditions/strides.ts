/** Operands that are views: one after another, and all at once. */
import type { Pass, SubjectCall, WireTensor } from '../../subject/subject.js';
import { hasTies } from './applies.js';
import { drawSample, type EqualAlong } from './draw.js';
import { LAYOUTS, type LayoutName, laidOut, layoutOf } from './layouts.js';
import { operandsOf, type Sample } from './sample.js';
import { PASSES, type Session } from './session.js';

export async function tryStrides(session: Session): Promise<void> {
  const { of, offer, one } = session;
  const words = `strides ${one.seed}`;
  const plain = drawSample(of, offer.declares, words);
  if (typeof plain === 'string') return session.skipAll(plain);
  const equalAlong = axesToExpand(plain, one.seed);
  const even = drawSample(of, offer.declares, `${words} even`, equalAlong) as Sample;
  for (const pass of PASSES) {
    // Wrong without any view: then views are not to blame.
    await session.check(plain, pass, 'with dense tensors');
    for (const layout of LAYOUTS) {
      const sample = layout === 'expanded' ? even : plain;
      for (const views of viewsOf(sample, pass, layout, equalAlong)) {
        if (session.open(pass).length === 0) break;
        await session.check(sample, pass, `with ${views.says}`, views.changed);
      }
    }
  }
}

/** Windows must not see equal cells: there only images and channels are alike. */
function axesToExpand(sample: Sample, seed: number): EqualAlong {
  const most = hasTies(sample.operator) ? 2 : Number.POSITIVE_INFINITY;
  const entries = Object.entries(operandsOf(sample, 'backward')).map(([name, { shape }]) => {
    const axes = shape.flatMap((extent, axis) => (extent > 1 && axis < most ? [axis] : []));
    return [name, axes[seed % Math.max(1, axes.length)] ?? null] as const;
  });
  return Object.fromEntries(entries);
}

interface Views {
  readonly says: string;
  readonly changed: Partial<SubjectCall>;
}

/** Each operand alone, then all of them, each at an offset of its own. */
function viewsOf(sample: Sample, pass: Pass, layout: LayoutName, equalAlong: EqualAlong): Views[] {
  const operands = operandsOf(sample, pass);
  const viewed = (name: string, tensor: WireTensor, offset: number) => {
    const axis = equalAlong[name] ?? null;
    if (layout === 'expanded' && axis === null) return [];
    const found = layoutOf(layout, tensor.shape, offset, axis);
    return found ? [{ name, says: `${name} ${found.says}`, tensor: laidOut(tensor, found) }] : [];
  };
  const names = Object.entries(operands);
  const alone = names.map(([name, tensor]) => viewed(name, tensor, 0));
  const together = names.flatMap(([name, tensor], k) => viewed(name, tensor, 2 * k + 1));
  return [...alone, together]
    .filter((views, k) => views.length > (k < alone.length ? 0 : 1))
    .map(views => ({
      says: views.map(({ says }) => says).join(', '),
      changed: changeOf(sample, pass, Object.fromEntries(views.map(({ name, tensor }) => [name, tensor]))),
    }));
}

function changeOf(
  sample: Sample,
  pass: Pass,
  views: Readonly<Record<string, WireTensor>>,
): Partial<SubjectCall> {
  const { yBar, ...inputs } = views;
  return {
    inputs: { ...sample.inputs, ...inputs },
    ...(pass === 'backward' && { upstream: yBar ?? sample.upstream }),
  };
}
