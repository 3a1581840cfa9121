/** Calls as text by operator, each with the ids of the mutants that no earlier one kills. */
export type Pins = Readonly<Record<string, readonly (readonly [call: string, kills: string])[]>>;
