import type { ImageBlock } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../errors/api-error';

const FORMATS = ['png', 'jpeg', 'gif', 'webp'] as const;

/**
 * An image that a message contains.
 *
 * @param param the path of the URL, for the error
 * @throws ApiError for a remote image: fetching it would contact a host that the client chose
 */
export function toImageBlock(url: string, param: string): ImageBlock {
  if (!/^data:/i.test(url)) {
    throw new ApiError(
      400,
      'residency_remote_content_refused',
      `'${param}' must be a data URL: this gateway doesn't fetch images, because a remote image's host may be anywhere; ` +
        'send the image itself as data:image/png;base64,...',
      { param },
    );
  }
  const comma = url.indexOf(',');
  const format = FORMATS.find((candidate) => url.slice(0, comma).toLowerCase() === `data:image/${candidate};base64`);
  const data = url.slice(comma + 1);
  if (format === undefined || data === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) {
    throw new ApiError(
      400,
      'invalid_value',
      `'${param}' must be a base64 data URL of type ${FORMATS.map((candidate) => `image/${candidate}`).join(', ')}`,
      { param },
    );
  }
  return { format, source: { bytes: Buffer.from(data, 'base64') } };
}
