/** The part of every exported file that is the same: a checker of proofs, itself proved in Coq without axioms. */
import { CALCULUS } from './calculus.js';
import { CLAIMS_SOUND } from './claims-sound.js';
import { DEFINITIONS } from './definitions.js';
import { DEFINITIONS_SOUND } from './definitions-sound.js';
import { INDEX_ARITHMETIC } from './index-arithmetic.js';
import { READING } from './reading.js';
import { RING } from './ring.js';
import { RULES } from './rules.js';
import { RULES_SOUND } from './rules-sound.js';
import { SIDES } from './sides.js';
import { SIDES_SOUND } from './sides-sound.js';
import { TERMS } from './terms.js';

export const PRELUDE = [
  RING,
  INDEX_ARITHMETIC,
  TERMS,
  RULES,
  CLAIMS_SOUND,
  RULES_SOUND,
  DEFINITIONS,
  DEFINITIONS_SOUND,
  SIDES,
  SIDES_SOUND,
  CALCULUS,
  READING,
].join('\n');
