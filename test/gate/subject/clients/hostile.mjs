// A client with one fault, named by its first argument; the second is a file that remembers earlier starts.
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, existsSync, readFileSync, writeSync } from 'node:fs';

const [, , fault, memory] = process.argv;
const READY = {
  bp: 1,
  name: 'hostile',
  version: '0',
  lang: 'js',
  declares: {},
  ops: [{ op: 'relu', dtypes: ['f64', 'u8'] }],
};
const HOLD = 1 << 30;

function write(data) {
  const bytes = Buffer.from(data);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

const frame = (head, payload = Buffer.alloc(0)) =>
  Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), payload]);
const stay = () => setTimeout(() => {}, HOLD);
const ready = (changes = {}) => frame({ t: 'ready', id: 0, pay: 0, ...READY, ...changes });
const starts = () => (existsSync(memory) ? readFileSync(memory, 'utf8').length : 0);

/** The right answer: y is x. */
function right({ id, in: [{ dtype, shape, nbytes }] }, payload) {
  const out = [{ name: 'y', dtype, shape, nbytes }];
  return frame({ t: 'ok', id, pay: nbytes, out }, payload.subarray(0, nbytes));
}

/** A reply whose entry for y, or whose header, is changed. */
const changed =
  (entry, head = {}) =>
  ({ id, in: [{ dtype, shape, nbytes }] }, payload) =>
    write(
      frame(
        { t: 'ok', id, pay: nbytes, out: [{ name: 'y', dtype, shape, nbytes, ...entry }], ...head },
        payload,
      ),
    );
const header = text => run => write(text(run));
const err =
  code =>
  ({ id }) =>
    write(frame({ t: 'err', id, pay: 0, code, msg: `because of ${code}` }));

const greetings = {
  'never-ready': stay,
  'exits-at-once': () => process.exit(7),
  'prints-first': () => write(`Loading kernels...\n${ready()}`),
  'wrong-bp': () => write(ready({ bp: 2 })),
  'other-version': () => write(frame({ t: 'err', id: 0, pay: 0, code: 'version', want: [2, 3] })),
  'no-model': () => write(frame({ t: 'err', id: 0, pay: 0, code: 'runtime', msg: 'no model file' })),
  'bad-declares': () => write(ready({ declares: { arithmetic: 'approximate' } })),
  'unknown-operator': () => write(ready({ ops: [{ op: 'conv2', dtypes: ['f64'] }] })),
  'operator-twice': () => write(ready({ ops: [READY.ops[0], READY.ops[0]] })),
  'long-dtype': () => write(ready({ ops: [{ op: 'relu', dtypes: ['float64'] }] })),
  'no-name': () => write(ready({ name: undefined })),
  'closes-stdin': () => {
    // Before it is ready: a request that is already in the pipe would be lost without a word.
    closeSync(0);
    write(ready());
    stay();
  },
  'starts-once': () => (starts() === 1 ? write(ready()) : process.exit(9)),
};

const runs = {
  right: (run, payload) => write(right(run, payload)),
  'key-twice': header(({ id }) => `{"t":"skip","id":${id},"pay":0,"why":"a","why":"b"}\n`),
  'not-json': header(({ id }) => `{"t":"ok","id":${id},"pay":0,\n`),
  'not-ascii': header(({ id }) => `{"t":"skip","id":${id},"pay":0,"why":"größer"}\n`),
  'carriage-return': header(({ id }) => `{"t":"skip","id":${id},"pay":0,"why":""}\r\n`),
  blanks: header(({ id }) => `{"t": "skip", "id": ${id}, "pay": 0, "why": "no"}\n`),
  'other-order': header(({ id }) => `{"id":${id},"t":"skip","pay":0,"why":"no"}\n`),
  'unknown-frame': header(({ id }) => frame({ t: 'fine', id, pay: 0 })),
  'wrong-id': header(({ id }) => frame({ t: 'skip', id: id + 1, pay: 0, why: '' })),
  'unknown-key': changed({}, { mood: 'good' }),
  'no-out': header(({ id }) => frame({ t: 'ok', id, pay: 0 })),
  'unknown-name': changed({ name: 'z' }),
  'unknown-dtype': changed({ dtype: 'f128' }),
  'bad-shape': changed({ shape: [1.5] }),
  'huge-shape': changed({ shape: [2 ** 40] }),
  'wrong-nbytes': changed({ nbytes: 1 }),
  'wrong-pay': (run, payload) => changed({}, { pay: payload.length + 8 })(run, payload),
  'name-twice': ({ id, in: [x] }, payload) => {
    const y = { ...x, name: 'y' };
    write(frame({ t: 'ok', id, pay: 2 * x.nbytes, out: [y, y] }, Buffer.concat([payload, payload])));
  },
  'payload-too-large': header(({ id }) => frame({ t: 'ok', id, pay: 2 ** 40, out: [] })),
  'skip-with-payload': header(({ id }) => frame({ t: 'skip', id, pay: 3, why: 'no' }, Buffer.from('abc'))),
  'bad-ns': changed({}, { ns: -1 }),
  ns: changed({}, { ns: 12345 }),
  'endless-header': () => {
    for (;;) write(`{${'x'.repeat(2 ** 16)}`);
  },
  'endless-stdout': () => {
    for (;;) write('all work and no play\n'.repeat(1000));
  },
  'trailing-bytes': (run, payload) => write(Buffer.concat([right(run, payload), Buffer.from('{"t":')])),
  'two-answers': (run, payload) => write(Buffer.concat([right(run, payload), right(run, payload)])),
  'late-noise': (run, payload) => {
    write(right(run, payload));
    setTimeout(() => write('done!\n'), 50);
  },
  'exits-after-answer': (run, payload) => {
    write(right(run, payload));
    process.exit(0);
  },
  'closes-stdout': (run, payload) => {
    write(right(run, payload).subarray(0, -3));
    closeSync(1);
    stay();
  },
  'exits-in-a-frame': (run, payload) => {
    write(right(run, payload).subarray(0, -3));
    process.exit(0);
  },
  hangs: stay,
  blocks: () => {
    for (;;);
  },
  exits: () => {
    writeSync(2, `${'x'.repeat(10_000)}the last word`);
    process.exit(3);
  },
  signal: () => process.kill(process.pid, 'SIGSEGV'),
  'ignores-signals': () => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});
    stay();
  },
  'floods-stderr': (run, payload) => {
    for (let k = 0; k < 64; k++) writeSync(2, 'y'.repeat(2 ** 16));
    write(right(run, payload));
  },
  skip: header(({ id }) => frame({ t: 'skip', id, pay: 0, why: 'not on a Tuesday' })),
  unsupported: err('unsupported'),
  invalid: err('invalid'),
  runtime: err('runtime'),
  oom: err('oom'),
  device: err('device'),
  'unknown-code': err('tired'),
  'crash-first': (run, payload) => (starts() === 1 ? process.exit(4) : write(right(run, payload))),
  'crash-then-hang': () => (starts() === 1 ? process.exit(4) : stay()),
  'starts-once': () => process.exit(4),
  'ignores-bye': (run, payload) => write(right(run, payload)),
  'leaves-a-child': (run, payload) => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)'], { stdio: 'inherit' });
    appendFileSync(memory, ` ${child.pid}`);
    write(right(run, payload));
  },
  'leaves-a-child-and-exits': () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)'], { stdio: 'inherit' });
    appendFileSync(memory, ` ${child.pid}`);
    process.exit(5);
  },
  'child-of-its-own': () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 4000)'], {
      stdio: 'inherit',
      detached: true,
    });
    child.unref();
    process.exit(6);
  },
};

let input = Buffer.alloc(0);
if (memory) appendFileSync(memory, '.');

process.stdin.on('error', () => {});
process.stdin.on('end', () => (fault === 'ignores-bye' ? stay() : undefined));
process.stdin.on('data', chunk => {
  input = Buffer.concat([input, chunk]);
  for (;;) {
    const end = input.indexOf('\n');
    if (end < 0) return;
    const head = JSON.parse(input.subarray(0, end).toString());
    if (input.length < end + 1 + head.pay) return;
    const payload = input.subarray(end + 1, end + 1 + head.pay);
    input = input.subarray(end + 1 + head.pay);
    if (head.t === 'hello') (greetings[fault] ?? (() => write(ready())))();
    else if (head.t === 'run') runs[fault](head, payload);
    else if (fault !== 'ignores-bye') process.exit(0);
  }
});
