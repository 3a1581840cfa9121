/** The text of the module of one element type. It imports its memory and keeps nothing between calls. */
import { copyRows, gather, spreadRows, transpose } from './copies.js';
import { FLOAT32, FLOAT64, type Lane } from './lane.js';
import { allFinite, dot, sweep } from './planes.js';
import { multiplyPanel, multiplyPlanes } from './product.js';

const parts = [multiplyPlanes, multiplyPanel, transpose, gather, copyRows, spreadRows, sweep, dot, allFinite];

const moduleText = (lane: Lane): string =>
  `(module (import "backproof" "memory" (memory 1))\n${parts.map(part => part(lane)).join('\n')})\n`;

export const texts = { float32: moduleText(FLOAT32), float64: moduleText(FLOAT64) } as const;
