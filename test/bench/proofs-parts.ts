// The parts of a verdict that proofs.mjs times one by one.
export { checkCertificates } from '../../src/proof/certificate/check.js';
export { judge } from '../../src/proof/judge.js';
export { findProof } from '../../src/proof/search/find-proof.js';
export { operatorTheorems } from '../../src/proof/statement/from-operator.js';
