/** What runs a gate: apart from index.ts, so that it is loaded only where it is used. */
export { assertGradient } from './library/assert.js';
export { gate } from './library/gate.js';
export { noSubjectReport } from './library/no-subject.js';
export { openSource, sourceName, sourceOf } from './library/open.js';
export { outcomeOf } from './library/outcome.js';
export { readCase } from './plan/case-text.js';
export { doctor, doctorOperators } from './run/doctor.js';
export { runGate } from './run/gate.js';
export { peerCheck } from './subject/bp1/peer-check.js';
