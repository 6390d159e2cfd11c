import { BYTES_A_TOKEN, estimatedTokens, TOKENS_AN_IMAGE } from '../../gateway/files/file-tokens';
import { inputParts } from '../../gateway/items/file-references';
import type { InputItem } from '../../gateway/items/items';

/** The size of a log, a segment or an item: a model's tokens, estimated, and the bytes stored. */
export interface Size {
  readonly tokens: number;
  readonly bytes: number;
}

/** The size of an item itself. A file that it names by id adds to it when the item is sent. Its mark is stored and never sent. */
export function sizeOf(item: InputItem & { readonly provenance?: unknown }): Size {
  const bytes = Buffer.byteLength(JSON.stringify(item));
  const urls = inlineUrls(item);
  const unsent = urls.reduce((sum, url) => sum + url.length, bytesOfMark(item));
  const tokens = urls.reduce((sum, url) => sum + tokensOf(url), Math.ceil((bytes - unsent) / BYTES_A_TOKEN));
  return { bytes, tokens };
}

/** The size of items together. */
export const sizeOfAll = (items: readonly InputItem[]): Size =>
  items.map(sizeOf).reduce((sum, size) => ({ bytes: sum.bytes + size.bytes, tokens: sum.tokens + size.tokens }), {
    bytes: 0,
    tokens: 0,
  });

/** The mark with its name and the comma before it. */
const bytesOfMark = ({ provenance }: { readonly provenance?: unknown }): number =>
  provenance === undefined ? 0 : Buffer.byteLength(JSON.stringify({ provenance })) - 1;

/** The images and files that are part of an item. */
const inlineUrls = (item: InputItem): string[] =>
  inputParts(item).flatMap((part) => {
    const url = part.type === 'input_image' ? part.image_url : part.type === 'input_file' ? part.file_data : undefined;
    return url ? [url] : [];
  });

function tokensOf(url: string): number {
  const [, type = ''] = /^data:([^;,]*)/.exec(url) ?? [];
  if (type.startsWith('image/')) return TOKENS_AN_IMAGE;
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  return estimatedTokens(type === 'application/pdf' ? 'pdf' : 'text', bytes);
}
