// The peers that `npm run bench:setup` installs.
import { createRequire } from 'node:module';

const requirePeer = createRequire(new URL('../../.bench/package.json', import.meta.url));

const orSetup = act => name => {
  try {
    return act(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('not installed; run: npm run bench:setup');
  }
};

export const loadPeer = orSetup(requirePeer);
/** The file that a peer starts in. */
export const peerFile = orSetup(name => requirePeer.resolve(name));
