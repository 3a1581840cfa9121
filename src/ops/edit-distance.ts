/** How far apart two spellings are, for "did you mean". */

/** Insertions, deletions, replacements and exchanges of neighbours that lead from one word to the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = exchanged ? before[j - 2]! + 1 : replaced;
      next.push(Math.min(replaced, swap, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** The known word that was probably meant: case aside, one slip in a short word, two in a longer one. */
export function closest(word: string, known: readonly string[]): string | null {
  const slip = word.slice(0, 40).toLowerCase();
  let best: string | null = null;
  let least = slip.length < 4 ? 2 : 3;
  for (const candidate of known) {
    const distance = editDistance(slip, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}
