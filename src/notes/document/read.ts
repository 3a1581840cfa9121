/** The entry: a document of any format to its regions and marks. */

import type { Format, NotesDocument } from './document.js';
import { readMarkdown } from './markdown.js';
import { readText } from './text.js';

export function readDocument(text: string, format: Format): NotesDocument {
  switch (format) {
    case 'markdown':
      return readMarkdown(text);
    case 'text':
      return readText(text);
  }
}
