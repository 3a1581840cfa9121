// npm run wasm: assembles the text of text/ and writes binary.ts, the modules as the library carries them.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import wabt from 'wabt';

const path = name => fileURLToPath(new URL(name, import.meta.url));

/** The modules of text/module.ts, assembled and checked: { float32: Uint8Array, float64: Uint8Array }. */
export async function assembled() {
  const bundle = await build({
    entryPoints: [path('text/module.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const source = Buffer.from(bundle.outputFiles[0].contents).toString('base64');
  const { texts } = await import(`data:text/javascript;base64,${source}`);
  const assembler = await wabt();
  const bytesOf = (name, text) => {
    const module = assembler.parseWat(`${name}.wat`, text, { simd: true });
    module.validate();
    return module.toBinary({}).buffer;
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, bytesOf(name, text)]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const modules = Object.entries(await assembled());
  const lines = modules.map(
    ([name, bytes]) =>
      `  /** ${bytes.length} bytes. */\n  ${name}:\n    '${Buffer.from(bytes).toString('base64')}',`,
  );
  const head =
    '/** The modules that text/ assembles to, in base64: written by `npm run wasm`, and never by hand. */';
  writeFileSync(path('binary.ts'), `${head}\nexport const BINARY = {\n${lines.join('\n')}\n} as const;\n`);
  console.error(modules.map(([name, bytes]) => `${name}: ${bytes.length} bytes`).join(', '));
}
