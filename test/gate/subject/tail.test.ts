import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToTail, clearTail, newTail, tailText } from '../../../src/gate/subject/tail.js';

test('the tail is the end of what was written, whatever the pieces', () => {
  const pieces = fc.array(fc.string({ maxLength: 3000, unit: 'binary-ascii' }), { maxLength: 12 });
  fc.assert(
    fc.property(pieces, texts => {
      const tail = newTail();
      for (const text of texts) addToTail(tail, text);
      expect(tailText(tail)).toBe(texts.join('').slice(-4096));
      clearTail(tail);
      expect(tailText(tail)).toBe('');
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a character that the cut went through is left out', () => {
  const tail = newTail();
  addToTail(tail, `ü${'a'.repeat(4095)}`);
  expect(tailText(tail)).toBe('a'.repeat(4095));
  addToTail(tail, new TextEncoder().encode('é'));
  expect(tailText(tail)).toBe(`${'a'.repeat(4094)}é`);
});
