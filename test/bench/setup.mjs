// Installs the peers of the benchmarks into .bench/ (ignored, never part of the package): exact versions, no scripts.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const manifest = {
  name: 'backproof-bench-peers',
  private: true,
  dependencies: {
    '@tensorflow/tfjs-backend-wasm': '4.22.0',
    '@tensorflow/tfjs-core': '4.22.0',
    algebrite: '1.4.0',
    'onnxruntime-web': '1.30.0',
  },
  overrides: { 'big-integer': '1.6.52' }, // what algebrite computes with: pinned too
};

const folder = fileURLToPath(new URL('../../.bench/', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: folder,
  stdio: 'inherit',
});
console.error(
  'peers are in .bench/; SymPy and torch are used when python3 can import them, and are not installed here',
);
