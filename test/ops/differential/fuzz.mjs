/** npm run fuzz -- --runs 100000 --seed 7 --op conv2d */
import { fileURLToPath } from 'node:url';
import { runBundled } from '../../run-bundled.mjs';

await runBundled(fileURLToPath(import.meta.resolve('./main.ts')));
