/** Chains of layers: apart from index.ts, so that they are loaded only where they are used. */
export { network } from './network/build.js';
export { checkNetwork, type NetworkCheck } from './network/check.js';
export type { LayerInput, Network, NetworkLayer } from './network/network.js';
export type { NetworkSection, NetworkTable } from './network/network-table.js';
export { networkSections } from './network/network-table.js';
export { renderNetwork } from './network/render/render.js';
export { type NetworkTableOptions, networkTable } from './network/table.js';
