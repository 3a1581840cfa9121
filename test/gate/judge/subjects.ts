/** Subjects made of the library's own kernels, right or with one fault. */
import { DEFAULTS, type Declares } from '../../../src/gate/subject/declares.js';
import type {
  Answer,
  ResultName,
  Subject,
  SubjectCall,
  WireTensor,
} from '../../../src/gate/subject/subject.js';
import { createEngine } from '../../../src/kernels/index.js';
import { type FloatTensor, kernelCall } from '../../../src/ops/index.js';

type Outputs = Partial<Record<ResultName, WireTensor>>;

const plain = createEngine('plain');

/** What the library gives for a call. */
export function rightAnswer({ op, pass, params, inputs, upstream, want }: SubjectCall): Outputs {
  const tensors = inputs as Readonly<Record<string, FloatTensor>>;
  const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
  const call = kernelCall(op, shapes, params, plain);
  if (pass === 'forward') return { y: call.forward(tensors) };
  const results = (Object.keys(want) as ResultName[]).filter(result =>
    call.gradients.includes(result.slice(1)),
  );
  return Object.fromEntries(
    results.map(result => [result, call.vjp(result.slice(1), upstream as FloatTensor, tensors)]),
  );
}

/** A subject that changes right answers, or answers as it likes. */
export function subjectOf(
  op: string,
  answer: (call: SubjectCall, right: () => Outputs) => Outputs | Answer,
  declares: Partial<Declares> = {},
): Subject {
  const offer = { op, passes: ['forward', 'backward'] as const, declares: { ...DEFAULTS, ...declares } };
  return {
    name: 'test',
    offers: new Map([[op, offer]]),
    call: async call => {
      const given = answer(call, () => rightAnswer(call));
      if ('kind' in given) return given as Answer;
      return { kind: 'ok', outputs: given as Outputs, mutated: [], nanoseconds: null };
    },
    close: async () => {},
  };
}
