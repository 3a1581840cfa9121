import type { Forged } from './case.js';
import { indexCases } from './change-index.js';
import { checkCases } from './check.js';
import { compareCases } from './compare.js';
import { declaredCases } from './declared.js';
import { derivativeCases } from './derivative.js';
import { eliminateCases } from './eliminate.js';
import { evidenceCases } from './evidence.js';
import { guardCases } from './guards.js';
import { introduceCases } from './introduce.js';
import { nameCases } from './names.js';
import { renameCases } from './rename.js';
import { splitCases } from './split.js';
import { unfoldCases } from './unfold.js';
import { unitCases } from './unit.js';
import { vanishCases } from './vanish.js';

export const forgedCases: readonly Forged[] = [
  ...eliminateCases,
  ...introduceCases,
  ...guardCases,
  ...evidenceCases,
  ...splitCases,
  ...indexCases,
  ...renameCases,
  ...unitCases,
  ...vanishCases,
  ...nameCases,
  ...declaredCases,
  ...unfoldCases,
  ...derivativeCases,
  ...compareCases,
  ...checkCases,
];
