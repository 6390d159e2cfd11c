import { BYTES_A_TOKEN, estimatedTokens, TOKENS_AN_IMAGE } from '../../gateway/files/file-tokens';
import { inputParts } from '../../gateway/items/file-references';
import type { InputItem } from '../../gateway/items/items';

/** What a line, a segment or an item takes: estimated tokens of a model, and bytes as they are stored. */
export interface Size {
  readonly tokens: number;
  readonly bytes: number;
}

/** What an item takes; what it names by ids, a file, takes more when it is sent. */
export function sizeOf(item: InputItem): Size {
  const bytes = Buffer.byteLength(JSON.stringify(item));
  const urls = inlineUrls(item);
  const inUrls = urls.reduce((sum, url) => sum + url.length, 0);
  const tokens = urls.reduce((sum, url) => sum + tokensOf(url), Math.ceil((bytes - inUrls) / BYTES_A_TOKEN));
  return { bytes, tokens };
}

/** What items take together. */
export const sizeOfAll = (items: readonly InputItem[]): Size =>
  items.map(sizeOf).reduce((sum, size) => ({ bytes: sum.bytes + size.bytes, tokens: sum.tokens + size.tokens }), {
    bytes: 0,
    tokens: 0,
  });

/** Images and files that an item carries in itself. */
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
