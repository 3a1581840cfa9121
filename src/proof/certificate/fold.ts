/** One text for every axis: "p@<P@" stands for "p1<P1", "p2<P2", "p3<P3". */
import { illFormed } from './fault.js';

/** The text on one axis. */
export const onAxis = (template: string, axis: number): string => template.replaceAll('@', String(axis));

/** The template of which a text is the copy on an axis: the last digits of names give way to `@`. */
export const templateOf = (text: string, axis: number): string =>
  text.replaceAll(new RegExp(`(?<=[A-Za-z_'])${axis}(?!\\w)`, 'g'), '@');

/** Puts a template in the place of items that are its copies on all axes, in order. */
export function foldItems(items: readonly string[], axes: number): string[] {
  const folded: string[] = [];
  for (let at = 0; at < items.length; ) {
    const template = templateOf(items[at]!, 1);
    const copies = axes > 1 && template !== items[at] ? axes : 0;
    const isFolded = copies > 0 && unfoldItem(template, axes).every((one, k) => items[at + k] === one);
    folded.push(isFolded ? template : items[at]!);
    at += isFolded ? copies : 1;
  }
  return folded;
}

/** The same for items whose order means nothing: copies are brought together first. */
export function foldSet(items: readonly string[], axes: number): string[] {
  const left = new Set(items);
  const together = items.flatMap(item => {
    if (!left.has(item)) return [];
    const template = templateOf(item, 1);
    const copies = axes > 1 && template !== item ? unfoldItem(template, axes) : [item];
    const own = copies.every(one => left.has(one)) ? copies : [item];
    for (const one of own) left.delete(one);
    return own;
  });
  return foldItems(together, axes);
}

/** @throws BackproofError `certificate-ill-formed` for an `@` where no axes are declared. */
export function unfoldItem(item: string, axes: number): string[] {
  if (!item.includes('@')) return [item];
  if (axes === 0) illFormed('a text has @ in it', 'a number of axes in the statement', item);
  return Array.from({ length: axes }, (_, k) => onAxis(item, k + 1));
}

/** The items of a comma list, without `@`. */
export function unfoldList(text: string, axes: number): string[] {
  return text === '' ? [] : text.split(',').flatMap(item => unfoldItem(item, axes));
}
