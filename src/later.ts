/** Everything that on-demand.ts loads. */
export { assertGradient, gate } from './gate/gate.js';
export { checkDerivation } from './notes/index.js';
export { proveForAllShapes } from './proof/all-shapes.js';
export { certified } from './proof/judge.js';
export { checkNetwork, network, networkTable, renderNetwork } from './teach/networks.js';
