import { describe, expect, test } from 'vitest';
import { answerOf, callOf, HURRIED, opened, PATIENT, using, vector } from './calls.js';

const relu = callOf('relu');
const right = { kind: 'ok', outputs: { y: vector(1, 2, 3) }, mutated: [], nanoseconds: null };
/** To where Node looks at timers next, and only then at messages. */
const beforeTimers = () => new Promise(resolve => setImmediate(resolve));
/** The whole thread. */
const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const unlucky = callOf('relu', { inputs: { x: vector(13) } });

describe('kernels that never answer', () => {
  test.each(['endless', 'busy-wait', 'never-settles', 'blocks'])('%s', async name => {
    const answer = await answerOf(`${name}.mjs`, relu, HURRIED);
    expect(answer).toMatchObject({ kind: 'fault', fault: 'hang', message: 'no answer within 300 ms' });
  });

  test('what one of them printed is shown, without what it printed before', async () => {
    expect(await answerOf('endless.mjs', relu, HURRIED)).toMatchObject({ stderr: 'round\nand round\n' });
  });
});

test('an answer that came while the gate was busy is no hang', async () => {
  await using(await opened('crash-then-right.mjs'), async subject => {
    await beforeTimers();
    const answer = subject.call(relu, { hangMs: 1 });
    sleep(2000);
    expect(await answer).toEqual(right);
  });
});

test('no limit is no limit', async () => {
  expect(await answerOf('slow.mjs', relu, { hangMs: Number.POSITIVE_INFINITY })).toEqual(right);
});

describe('kernels that crash', () => {
  test('by an exit', async () => {
    expect(await answerOf('exits.mjs', relu)).toEqual({
      kind: 'fault',
      fault: 'crash',
      message: 'the thread ended with exit code 3',
      stderr: 'leaving\n',
    });
  });

  test('by an error: its message, and the frames of the module alone', async () => {
    const answer = await answerOf('throws.mjs', relu);
    expect(answer).toMatchObject({ kind: 'fault', fault: 'crash', stderr: 'near the end\n' });
    const [message, ...frames] = 'message' in answer ? answer.message.split('\n') : [];
    expect(message).toBe('RangeError: no idea what to do with 3');
    expect(frames.map(frame => frame.trim().split(' ')[1])).toEqual(['inner', 'Object.forward']);
    expect(frames.every(frame => frame.includes('modules/throws.mjs'))).toBe(true);
  });

  test.each([
    ['tanh', 'threw null'],
    ['sigmoid', 'threw an object'],
  ])('by something that is no error: %s', async (op, message) => {
    expect(await answerOf('throws.mjs', callOf(op))).toMatchObject({ fault: 'crash', message });
  });

  test('by a recursion without end', async () => {
    const answer = await answerOf('recursion.mjs', relu);
    expect(answer).toMatchObject({ fault: 'crash', message: expect.stringContaining('RangeError') });
  });

  test('by a full heap', async () => {
    await using(await opened('out-of-memory.mjs', 32), async subject => {
      const answer = await subject.call(relu, PATIENT);
      expect(answer).toMatchObject({ fault: 'crash', message: expect.stringContaining('memory limit') });
    });
  });

  test('by a rejection that nobody handles: the call it belongs to', async () => {
    const answer = await answerOf('unhandled.mjs', relu);
    expect(answer).toMatchObject({ fault: 'crash', message: expect.stringContaining('Error: forgotten') });
  });

  test('right after the answer, before the gate has heard it', async () => {
    await using(await opened('unhandled.mjs'), async subject => {
      await beforeTimers();
      const answer = subject.call(callOf('tanh'), PATIENT);
      sleep(1000);
      expect(await answer).toEqual(right);
      const message = expect.stringContaining('Error: too late');
      expect(await subject.call(callOf('tanh'), PATIENT)).toMatchObject({ fault: 'crash', message });
    });
  });

  test('by an error after the answer: the next call says so, and the one after it is answered', async () => {
    await using(await opened('unhandled.mjs'), async subject => {
      expect(await subject.call(callOf('tanh'), PATIENT)).toEqual(right);
      await new Promise(resolve => setTimeout(resolve, 500));
      const answer = await subject.call(callOf('tanh'), PATIENT);
      expect(answer).toMatchObject({
        fault: 'crash',
        message: expect.stringMatching(/^between calls: Error: too late\n/u),
      });
      expect(await subject.call(callOf('tanh'), PATIENT)).toEqual(right);
    });
  });
});

describe('after a fault', () => {
  test('the thread is started again, at most five times', async () => {
    await using(await opened('crash-then-right.mjs'), async subject => {
      for (let k = 0; k < 5; k++) {
        expect(await subject.call(unlucky, PATIENT)).toMatchObject({ fault: 'crash' });
        expect(await subject.call(relu, PATIENT)).toEqual(right);
      }
      expect(await subject.call(unlucky, PATIENT)).toMatchObject({ fault: 'crash' });
      const last = { fault: 'startup', message: 'given up after 5 restarts' };
      expect(await subject.call(relu, PATIENT)).toMatchObject(last);
      expect(await subject.call(relu, PATIENT)).toMatchObject(last);
    });
  });

  test('an error that was caught costs no restart', async () => {
    await using(await opened('throws.mjs'), async subject => {
      for (let k = 0; k < 8; k++) expect(await subject.call(relu, PATIENT)).toMatchObject({ fault: 'crash' });
    });
  });
});

test('unsupported is a skip', async () => {
  expect(await answerOf('unsupported.mjs', relu)).toEqual({ kind: 'skip', why: 'no float32 here' });
  const silent = { kind: 'skip', why: 'the kernel says unsupported' };
  expect(await answerOf('unsupported.mjs', callOf('tanh'))).toEqual(silent);
});

test('what a kernel prints goes to the answer, and its messages to nobody', async () => {
  await using(await opened('prints.mjs'), async subject => {
    expect(await subject.call(relu, PATIENT)).toEqual(right);
    const stderr = 'to the one\nto the other\nand so on past the door';
    expect(await subject.call(unlucky, PATIENT)).toMatchObject({ fault: 'crash', stderr });
  });
});

test('one call at a time, and none after the end', async () => {
  const subject = await opened('never-settles.mjs');
  const first = subject.call(relu, PATIENT);
  await expect(subject.call(relu, PATIENT)).rejects.toMatchObject({ code: 'subject-busy' });
  await subject.close();
  expect(await first).toMatchObject({ kind: 'fault', fault: 'crash' });
  await expect(subject.call(relu, PATIENT)).rejects.toMatchObject({ code: 'subject-closed' });
  await subject.close();
});
