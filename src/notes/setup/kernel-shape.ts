/** The kernel's shape: from its dims, from kernel_size, or from both if they agree. */
import { perAxis, type Shape, sameShape, shapeText } from '../../tensor/index.js';
import type { OperatorDirective } from './directive.js';
import { atDirective, directiveError, type Source } from './directive-source.js';
import { axesOf, contradiction, type FullShape, fullShape } from './shapes.js';

/** @throws BackproofError `missing-shape`, `setup-contradiction`, `bad-directive-value`. */
export function kernelShape(
  directive: OperatorDirective,
  source: Source,
  rank: number,
  input: FullShape,
): FullShape {
  const spatial = spatialSize(directive, source, rank);
  const dims = directive.roles.kernel!.shape;
  const axes = axesOf(directive.operator, 'kernel', rank);
  if (dims === undefined) {
    if (spatial) return fromSize(directive, rank, input, spatial);
    throw missing(directive, source);
  }
  if (spatial && !sameShape(dims.slice(-rank), spatial)) {
    throw contradiction(source, directive, 'kernel_size', {
      what: 'kernel and kernel_size disagree',
      expected: shapeText(dims.slice(-rank)),
      got: shapeText(spatial),
      fix: 'Leave one of them out or correct it.',
      data: { kernel: dims, kernelSize: spatial },
    });
  }
  const lone = dims.length === rank + 1 ? loneAxis(directive, source, rank, input, dims) : 'O';
  return fullShape(source, directive, 'kernel', axes, dims, lone);
}

/** Which channel axis a kernel with one of them has. */
function loneAxis(
  directive: OperatorDirective,
  source: Source,
  rank: number,
  input: FullShape,
  dims: Shape,
): string {
  const ofInput = input.written[1] === true;
  const ofOutput = (directive.roles.output?.shape?.length ?? 0) > rank;
  if (!(ofInput && ofOutput)) return ofInput ? 'I' : 'O';
  throw contradiction(source, directive, 'kernel', {
    what: `kernel ${shapeText(dims)} has one channel axis, while input and output both have one`,
    expected: `${rank + 2} dims: output channels, input channels, then ${rank} spatial`,
    got: shapeText(dims),
    fix: `Write all dims of the kernel, such as [${directive.roles.output!.shape!.at(-rank - 1)},${input.full[1]},${dims.slice(1).join(',')}].`,
    data: { kernel: dims },
  });
}

function spatialSize(directive: OperatorDirective, source: Source, rank: number): readonly number[] | null {
  const size = directive.kernelSize;
  if (size === null) return null;
  const offset = directive.offsets.get('kernel_size') ?? directive.offset;
  return atDirective(source, offset, 'bad-directive-value', () => perAxis(size, rank, 'kernel_size'));
}

/** Channels follow the input and the output. */
function fromSize(
  directive: OperatorDirective,
  rank: number,
  input: FullShape,
  spatial: readonly number[],
): FullShape {
  const groups = typeof directive.params.groups === 'number' ? Math.max(1, directive.params.groups) : 1;
  const outputDims = directive.roles.output?.shape;
  const hasOutput = outputDims !== undefined && outputDims.length > rank;
  const outputs = hasOutput ? outputDims.at(-rank - 1)! : 1;
  const inputs = Math.floor(input.full[1]! / groups);
  return {
    full: [outputs, inputs, ...spatial],
    written: [hasOutput, input.written[1] === true, ...spatial.map(() => true)],
  };
}

function missing(directive: OperatorDirective, source: Source): Error {
  const name = directive.roles.kernel!.names[0]!;
  return directiveError(source, directive.offsets.get('kernel') ?? directive.offset, {
    code: 'missing-shape',
    what: 'the kernel has no dims',
    expected: `kernel=${name}[...] or kernel_size=...`,
    got: `kernel=${name}`,
    fix: `Write the dims behind the name, as in kernel=${name}[2,2], or add kernel_size=2.`,
    data: { role: 'kernel' },
  });
}
