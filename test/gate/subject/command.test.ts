import { describe, expect, test } from 'vitest';
import { openCommand } from '../../../src/gate/subject/command.js';
import { using } from './calls.js';
import {
  answerTo,
  hostile,
  isAlive,
  openedCommand,
  reluCall,
  remembered,
  rightAnswer,
  unopened,
  withMemory,
} from './clients/hostile.js';

const PATIENT = { hangMs: 60_000 };

describe('a client that never becomes ready', () => {
  test.each([
    ['exits-at-once', 'startup', 'exited with code 7'],
    ['no-model', 'startup', 'no model file [runtime]'],
    ['other-version', 'startup', 'it speaks bp 2, 3 [version]'],
    ['prints-first', 'protocol', 'got Loading kernels...\\x0a'],
    ['wrong-bp', 'protocol', '[bp1-version]'],
    ['bad-declares', 'protocol', '[bp1-declares]'],
    ['unknown-operator', 'protocol', '[bp1-operator]'],
    ['operator-twice', 'protocol', '[bp1-duplicate-name]'],
    ['long-dtype', 'protocol', '[bp1-dtype]'],
    ['no-name', 'protocol', 'the key name is missing'],
  ])('%s: %s', async (fault, expected, words) => {
    const found = await unopened(hostile(fault));
    expect(found.fault).toBe(expected);
    expect(found.message).toContain(words);
  });

  test('says nothing', async () => {
    const found = await unopened(hostile('never-ready'), 300);
    expect(found).toMatchObject({ fault: 'startup', message: 'hello: no answer within 300 ms' });
  });

  test('does not exist, or is no name', async () => {
    expect(await unopened(['no-such-program'])).toMatchObject({ fault: 'startup' });
    expect(await unopened(['nul\0l'])).toMatchObject({ fault: 'startup' });
    await expect(openCommand([])).rejects.toMatchObject({ code: 'empty-command' });
  });
});

describe('an answer', () => {
  test.each(['right', 'floods-stderr'])('%s', async fault => {
    expect(await answerTo(fault)).toEqual({ ...rightAnswer, nanoseconds: null });
  });

  test('with a time', async () => {
    expect(await answerTo('ns')).toMatchObject({ kind: 'ok', nanoseconds: 12345 });
  });

  test.each([
    ['skip', 'not on a Tuesday'],
    ['unsupported', 'because of unsupported'],
  ])('%s is a skip', async (fault, why) => {
    expect(await answerTo(fault)).toEqual({ kind: 'skip', why });
  });

  test.each([
    ['invalid', 'protocol'],
    ['runtime', 'crash'],
    ['oom', 'crash'],
    ['device', 'crash'],
  ])('err %s is the fault %s', async (code, fault) => {
    const message = `the client answers err ${code}: because of ${code}`;
    expect(await answerTo(code)).toMatchObject({ kind: 'fault', fault, message });
  });

  test('to an operator that is not offered is a skip', async () => {
    const subject = await openedCommand(hostile('right'));
    const call = { ...reluCall, op: 'conv2d' };
    await using(subject, async () => {
      expect(await subject.call(call, PATIENT)).toEqual({ kind: 'skip', why: 'no kernel for conv2d' });
    });
  });
});

test.each([
  ['not-json', 'bp1-not-json'],
  ['key-twice', 'bp1-key'],
  ['not-ascii', 'bp1-not-ascii'],
  ['carriage-return', 'bp1-not-ascii'],
  ['blanks', 'bp1-not-compact'],
  ['other-order', 'bp1-first-keys'],
  ['unknown-frame', 'bp1-frame'],
  ['wrong-id', 'bp1-id'],
  ['unknown-key', 'bp1-key'],
  ['no-out', 'bp1-key'],
  ['unknown-name', 'bp1-name'],
  ['unknown-dtype', 'bp1-dtype'],
  ['bad-shape', 'bp1-type'],
  ['huge-shape', 'bp1-shape'],
  ['wrong-nbytes', 'bp1-nbytes'],
  ['wrong-pay', 'bp1-payload'],
  ['name-twice', 'bp1-duplicate-name'],
  ['payload-too-large', 'bp1-payload-too-large'],
  ['skip-with-payload', 'bp1-payload'],
  ['bad-ns', 'bp1-type'],
  ['unknown-code', 'bp1-code'],
  ['endless-header', 'bp1-header-too-long'],
  ['endless-stdout', 'bp1-no-frame'],
  ['trailing-bytes', 'bp1-unasked'],
  ['two-answers', 'bp1-unasked'],
  ['closes-stdout', 'bp1-cut-off'],
])('%s breaks the protocol: %s', async (fault, code) => {
  const answer = await answerTo(fault);
  expect(answer).toMatchObject({ kind: 'fault', fault: 'protocol' });
  expect(answer.kind === 'fault' && answer.message).toContain(`[${code}]`);
});

describe('a fall', () => {
  test.each(['hangs', 'blocks', 'ignores-signals'])('%s', async fault => {
    const message = 'no answer within 300 ms';
    expect(await answerTo(fault, 300)).toMatchObject({ kind: 'fault', fault: 'hang', message });
  });

  test('by exit, with the end of stderr', async () => {
    const answer = await answerTo('exits');
    expect(answer).toMatchObject({ fault: 'crash', message: 'the client exited with code 3' });
    if (answer.kind !== 'fault') throw new Error('no fault');
    expect(answer.stderr).toHaveLength(4096);
    expect(answer.stderr).toMatch(/xthe last word$/);
  });

  test.each([
    ['signal', 'the client was ended by SIGSEGV'],
    [
      'exits-in-a-frame',
      'the client exited with code 0 in the midst of a frame: 21 of 24 bytes of a payload',
    ],
  ])('%s', async (fault, message) => {
    expect(await answerTo(fault)).toMatchObject({ fault: 'crash', message });
  });

  test('of its input', async () => {
    expect(await answerTo('closes-stdin')).toMatchObject({
      fault: 'protocol',
      message: 'the client closed its standard input',
    });
  });
});

describe('after a fall', () => {
  test('the call is run once more: what comes then is the answer, and the fault is noted', async () => {
    await withMemory(async memory => {
      const subject = await openedCommand(hostile('crash-first', memory));
      await using(subject, async () => {
        expect(await subject.call(reluCall, PATIENT)).toMatchObject(rightAnswer);
        expect(await subject.call(reluCall, PATIENT)).toMatchObject(rightAnswer);
      });
      expect(subject.flaky).toEqual([
        { id: reluCall.id, fault: 'crash', message: 'the client exited with code 4' },
      ]);
      expect(remembered(memory)).toBe('..');
    });
  });

  test('another fault is the answer', async () => {
    await withMemory(async memory => {
      const subject = await openedCommand(hostile('crash-then-hang', memory));
      const answer = await using(subject, () => subject.call(reluCall, { hangMs: 2000 }));
      expect(answer).toMatchObject({ fault: 'hang' });
      expect(subject.flaky).toEqual([]);
    });
  });

  test.each(['exits', 'device'])('five restarts (%s), then the last fault at once', async fault => {
    await withMemory(async memory => {
      const subject = await openedCommand(hostile(fault, memory));
      await using(subject, async () => {
        const answers = [];
        for (let k = 0; k < 4; k++) answers.push(await subject.call(reluCall, PATIENT));
        expect(answers.map(one => one.kind === 'fault' && one.fault)).toEqual(Array(4).fill('crash'));
        expect(remembered(memory)).toBe('......');
        expect(subject.isSpent()).toBe(true);
        expect(answers[3]).toEqual(answers[2]);
      });
    });
  });

  test('an err of a client that is well costs no restart', async () => {
    await withMemory(async memory => {
      const subject = await openedCommand(hostile('runtime', memory));
      await using(subject, async () => {
        for (let k = 0; k < 7; k++)
          expect(await subject.call(reluCall, PATIENT)).toMatchObject({ fault: 'crash' });
      });
      expect(remembered(memory)).toBe('.');
    });
  });

  test('a client that does not start again is a fault of startup', async () => {
    await withMemory(async memory => {
      const subject = await openedCommand(hostile('starts-once', memory));
      await using(subject, async () => {
        const answer = await subject.call(reluCall, PATIENT);
        expect(answer).toMatchObject({
          fault: 'startup',
          message: 'hello: the client exited with code 9',
        });
      });
    });
  });

  test.each([
    ['late-noise', 'protocol'],
    ['exits-after-answer', 'crash'],
  ])('%s between calls: the next call gets a new process, and the fault is noted', async (fault, kind) => {
    const subject = await openedCommand(hostile(fault));
    await using(subject, async () => {
      expect(await subject.call(reluCall, PATIENT)).toMatchObject(rightAnswer);
      await new Promise(resolve => setTimeout(resolve, 400));
      expect(await subject.call(reluCall, PATIENT)).toMatchObject(rightAnswer);
      expect(subject.flaky).toMatchObject([{ id: reluCall.id, fault: kind }]);
    });
  });
});

describe('use and misuse', () => {
  test('an operand that no frame can carry is a skip', async () => {
    const subject = await openCommand(hostile('right'), { maxPayload: 16 });
    if ('fault' in subject) throw new Error(subject.message);
    await using(subject, async () => {
      expect(await subject.call(reluCall, PATIENT)).toMatchObject({
        kind: 'skip',
        why: 'the operands have 24 bytes; a frame carries at most 16',
      });
    });
  });

  test('one call at a time, and none after close', async () => {
    const subject = await openedCommand(hostile('right'));
    const first = subject.call(reluCall, PATIENT);
    await expect(subject.call(reluCall, PATIENT)).rejects.toMatchObject({ code: 'subject-busy' });
    expect(await first).toMatchObject(rightAnswer);
    await subject.close();
    await subject.close();
    await expect(subject.call(reluCall, PATIENT)).rejects.toMatchObject({ code: 'subject-closed' });
  });

  test('strided operands cannot go over a pipe', async () => {
    const subject = await openedCommand(hostile('right'));
    const x = { ...reluCall.inputs.x!, strides: [2] };
    await using(subject, async () => {
      const call = { ...reluCall, inputs: { x } };
      await expect(subject.call(call, PATIENT)).rejects.toMatchObject({ code: 'bp1-operand' });
    });
  });
});

describe('close', () => {
  test('during a call ends it', async () => {
    const subject = await openedCommand(hostile('hangs'));
    const answer = subject.call(reluCall, PATIENT);
    await subject.close();
    expect(await answer).toMatchObject({ kind: 'fault', fault: 'crash' });
  });

  test.each(['leaves-a-child', 'leaves-a-child-and-exits'])('%s: ends what it started too', async fault => {
    await withMemory(async memory => {
      const subject = await openedCommand(hostile(fault, memory));
      await subject.call(reluCall, PATIENT);
      await subject.close();
      const children = remembered(memory).match(/\d+/g)!.map(Number);
      expect(children.length).toBeGreaterThan(0);
      // The kernel takes a moment to bury an orphan.
      await expect.poll(() => children.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    });
  });

  test('a child in a group of its own cannot keep us waiting', async () => {
    expect(await answerTo('child-of-its-own')).toMatchObject({
      fault: 'crash',
      message: 'the client exited with code 6',
    });
  });
});
