/** What the judge knows while it reads one equation, and what it has met in it. */
import type { Expr } from '../../expr/index.js';
import type { Formula, Name } from '../formula/tree.js';
import type { Reference } from '../setup/names.js';
import type { Meaning, Role } from '../setup/setup.js';
import type { Model } from './model.js';
import type { Choose } from './readings.js';
import type { Value } from './value.js';

/** How names are understood: the setup room's part. */
export interface Names {
  meaning(reference: Reference): Meaning;
  /** Equal keys, equal names; the index is part of it. */
  key(name: Name): string;
  /** Whether the superscript is a power; otherwise it belongs to the name. */
  isPower(name: Name): boolean;
}

export interface Scope {
  readonly model: Model;
  readonly names: Names;
  /** Names that earlier equations introduced, by key. */
  readonly definitions: ReadonlyMap<string, Value>;
  /** Names that equations introduced with a right side that could not be read, by key. */
  readonly unusable: ReadonlySet<string>;
  /** What the dots of this equation stand for, where that is determined. */
  readonly gaps: ReadonlyMap<Formula, Expr>;
  readonly choose: Choose;
  readonly seen: Seen;
}

/** Facts about one reading of one equation. */
export interface Seen {
  /** A quantity that the operator determines: an output, a gradient, a local derivative. */
  derived: boolean;
  /** A derivative of an output by an input or kernel cell. */
  local: boolean;
  /** Whole arrays, not only cells. */
  arrays: boolean;
  /** A sliding product, which does not say what stride or padding it has. */
  sliding: boolean;
  /** Two arrays without a sign between them: which product is meant is not said. */
  juxtaposed: boolean;
  /** A number other than an exponent. */
  number: boolean;
  /** Cells that do not exist, as written, and whose they would be. */
  readonly outside: Map<string, Role>;
  /** Undeclared names between the outputs and the loss, as in dy/dz_1 dL/dy: the outputs each is derived by. */
  readonly between: Map<string, Set<number>>;
}

export function nothingSeen(): Seen {
  return {
    derived: false,
    local: false,
    arrays: false,
    sliding: false,
    juxtaposed: false,
    number: false,
    outside: new Map(),
    between: new Map(),
  };
}
