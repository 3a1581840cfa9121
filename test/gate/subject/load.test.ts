import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openModule } from '../../../src/gate/subject/module.js';
import { callOf, modulePath, opened, PATIENT, using, vector } from './calls.js';

const refused: readonly [name: string, code: string, says: string][] = [
  ['there-is-no-such-file.mjs', 'kernel-module-missing', 'there is no such file'],
  ['', 'kernel-module-missing', 'or a folder'],
  ['no-kernels.mjs', 'kernel-module-shape', 'there are no kernels'],
  ['empty.mjs', 'kernel-module-shape', 'kernels is empty'],
  ['unknown-operator.mjs', 'kernel-module-operator', 'Did you mean conv2d?'],
  ['not-a-function.mjs', 'kernel-module-shape', 'kernels.relu: forward is no function'],
  ['backward-not-a-function.mjs', 'kernel-module-shape', 'backward is no function'],
  ['unknown-key.mjs', 'kernel-module-shape', 'Did you mean backward?'],
  ['bad-declares.mjs', 'bad-declares', 'kernels.relu: declares.dtypes[1]'],
];

describe('a module that is not what it should be', () => {
  test.each(refused)('%s', async (name, code, says) => {
    await expect(openModule(modulePath(name))).rejects.toMatchObject({
      name: 'BackproofError',
      code,
      message: expect.stringContaining(says),
    });
  });

  test('that does not parse, with the line', async () => {
    const { error, path } = await refusal('export const kernels = {\n  relu: {},\n};\nconst = 5;\n');
    expect(error).toMatchObject({
      code: 'kernel-module-unloadable',
      where: `${path}, line 4`,
      got: "Unexpected token '='",
      data: { line: 4 },
    });
  });

  test('that imports what is not there', async () => {
    const { error, path } = await refusal("export { kernels } from './missing.mjs';\n");
    expect(error).toMatchObject({
      code: 'kernel-module-unloadable',
      where: path,
      got: expect.stringContaining('Cannot find module'),
    });
  });
});

/** What is said of a module with this text. */
async function refusal(text: string): Promise<{ error: unknown; path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'backproof-'));
  const path = join(folder, 'kernels.mjs');
  writeFileSync(path, text);
  const error = await openModule(path).then(
    () => 'nothing',
    (thrown: unknown) => thrown,
  );
  rmSync(folder, { recursive: true });
  return { error, path };
}

const unloaded: readonly [name: string, startupMs: number, message: RegExp, stderr: string][] = [
  ['load-endless.mjs', 1500, /^the module was not loaded within 1500 ms$/u, 'still loading\n'],
  ['load-never.mjs', 60_000, /^while the module was loaded: the thread ended with exit code 0$/u, ''],
  ['load-throws.mjs', 60_000, /^SyntaxError: Expected property name [\s\S]*load-throws\.mjs:1:6$/u, ''],
  ['load-exits.mjs', 60_000, /^while the module was loaded: the thread ended with exit code 4$/u, ''],
];

test.each(unloaded)(
  'a module whose code fails is no subject: %s',
  async (name, startupMs, message, stderr) => {
    const none = await openModule(modulePath(name), { startupMs });
    expect(none).toEqual({ fault: 'startup', message: expect.stringMatching(message), stderr });
  },
);

test.each(['default-export.mjs', 'common.cjs'])('%s', async name => {
  await using(await opened(name), async subject => {
    expect(subject.name).toBe(modulePath(name));
    expect([...subject.offers.keys()]).toEqual(['relu']);
    expect(subject.offers.get('relu')).toMatchObject({ op: 'relu', passes: ['forward'] });
    expect(await subject.call(callOf('relu'), PATIENT)).toMatchObject({ outputs: { y: vector(1, 2, 3) } });
    const backward = callOf('relu', { pass: 'backward' });
    expect(await subject.call(backward, PATIENT)).toEqual({ kind: 'skip', why: 'relu has no backward' });
    expect(await subject.call(callOf('tanh'), PATIENT)).toEqual({ kind: 'skip', why: 'no kernel for tanh' });
  });
});
