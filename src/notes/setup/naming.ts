/** How a document writes names, where that is not the usual way. */

export const LAYER_STYLES = ['superscript', 'bracket', 'number', 'none'] as const;
export type LayerStyle = (typeof LAYER_STYLES)[number];

export interface Naming {
  /** Where layer numbers are written; null when nobody said. */
  readonly layer: LayerStyle | null;
  /** Bases that the document writes both plain and in a font, to mean two things. */
  readonly fonts: ReadonlySet<string>;
}

export const PLAIN_NAMING: Naming = { layer: null, fonts: new Set() };
