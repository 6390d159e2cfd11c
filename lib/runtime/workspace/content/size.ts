import type { InputItem } from '../../gateway/responses/items';

/** What a line, a segment or an item takes: estimated tokens of a model, and bytes as they are stored. */
export interface Size {
  readonly tokens: number;
  readonly bytes: number;
}

/** A token of a language with few letters beyond ASCII has four bytes on average, of others fewer: this is on the safe side. */
const BYTES_A_TOKEN = 3;

/** As much as the models count for the largest image that they take. */
const TOKENS_AN_IMAGE = 1_600;

/** What an item takes. */
export function sizeOf(item: InputItem): Size {
  const bytes = Buffer.byteLength(JSON.stringify(item));
  const images = imagesOf(item);
  const inImages = images.reduce((sum, url) => sum + url.length, 0);
  return { bytes, tokens: Math.ceil((bytes - inImages) / BYTES_A_TOKEN) + images.length * TOKENS_AN_IMAGE };
}

/** What items take together. */
export const sizeOfAll = (items: readonly InputItem[]): Size =>
  items.map(sizeOf).reduce((sum, size) => ({ bytes: sum.bytes + size.bytes, tokens: sum.tokens + size.tokens }), {
    bytes: 0,
    tokens: 0,
  });

function imagesOf(item: InputItem): string[] {
  const parts = item.type === 'message' ? item.content : item.type === 'function_call_output' ? item.output : [];
  if (typeof parts === 'string') return [];
  return parts.flatMap((part) => (part.type === 'input_image' ? [part.image_url] : []));
}
