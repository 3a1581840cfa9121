/** A checker with one premise less. */
export interface Mutant {
  /** Path from the root of the project. */
  readonly file: string;
  /** What the source no longer checks or does. */
  readonly premise: string;
  /** Text that occurs exactly once in the file. */
  readonly snippet: string;
  readonly replacement: string;
  /** Why no false statement can pass, where the mutant is as sound as the source. */
  readonly equivalent?: string;
}

export type Edit = readonly [premise: string, snippet: string, replacement: string, equivalent?: string];

export function mutantsOf(file: string, edits: readonly Edit[]): Mutant[] {
  return edits.map(([premise, snippet, replacement, equivalent]) => {
    const mutant = { file, premise, snippet, replacement };
    return equivalent === undefined ? mutant : { ...mutant, equivalent };
  });
}
