import { type Content, type Html, html } from '../../../html/html';

/** A sentence of the catalogue with values in place of `{names}`. */
export const fill = (sentence: string, values: Readonly<Record<string, Content>>): Html =>
  html`${sentence.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : values[part]))}`;

/** The same as text, for a place that can't hold HTML's elements. */
export const fillText = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name) => `${values[name] ?? ''}`);
