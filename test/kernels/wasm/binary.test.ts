import { describe, expect, test } from 'vitest';
import { BINARY } from '../../../src/kernels/wasm/binary.js';
import { wasmMachine } from '../../../src/kernels/wasm/machine.js';

interface Named {
  readonly module?: string;
  readonly name: string;
  readonly kind: string;
}

/** What the sources do not use of the runtime's WebAssembly. */
const inspected = WebAssembly.Module as unknown as {
  imports(module: WebAssembly.Module): Named[];
  exports(module: WebAssembly.Module): Named[];
};

const assembler = new URL('../../../src/kernels/wasm/assemble.mjs', import.meta.url);
const { assembled } = (await import(assembler.href)) as {
  assembled: () => Promise<Record<string, Uint8Array>>;
};

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'base64')) as Uint8Array<ArrayBuffer>;

test('what the library carries is what the text assembles to, byte for byte', async () => {
  const fresh = await assembled();
  expect(Object.keys(fresh).sort()).toEqual(Object.keys(BINARY).sort());
  for (const [name, text] of Object.entries(BINARY)) {
    expect(Buffer.from(fresh[name]!).equals(bytesOf(text)), `${name}: npm run wasm`).toBe(true);
  }
});

/** The primitives of a machine by their names in the module; the rest of a machine is about memory. */
const primitives = (machine: object): string[] =>
  Object.entries(machine)
    .filter(([name, value]) => typeof value === 'function' && !['reserve', 'release', 'held'].includes(name))
    .map(([name]) => name.replace(/[A-Z]/gu, letter => `_${letter.toLowerCase()}`));

describe.each(['float32', 'float64'] as const)('the %s module', dtype => {
  const module = new WebAssembly.Module(bytesOf(BINARY[dtype]));

  test('imports one memory and nothing else', () => {
    expect(inspected.imports(module)).toEqual([{ module: 'backproof', name: 'memory', kind: 'memory' }]);
  });

  test('exports exactly the primitives of the machine, all of them functions', () => {
    const exported = inspected.exports(module);
    expect(exported.map(({ name }) => name).sort()).toEqual(primitives(wasmMachine(dtype)).sort());
    expect(new Set(exported.map(({ kind }) => kind))).toEqual(new Set(['function']));
  });

  test('is below 8 KB', () => {
    expect(bytesOf(BINARY[dtype]).length).toBeLessThan(8192);
  });
});
