import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../errors/api-error';
import { type FileKind, isImage, kindOf, requireDeclared } from './file-kind';

/** A file in a request to a model. */
export interface ModelFile {
  readonly kind: FileKind;
  readonly content: Uint8Array;
}

/** The limits of Bedrock's Converse. */
const MOST_BYTES = { image: 3_750_000, document: 4_500_000 };

/**
 * Refuses a file that is larger than a model accepts.
 *
 * @throws ApiError if it is
 */
export function requireSendable(kind: FileKind, bytes: number, param: string): void {
  const most = isImage(kind) ? MOST_BYTES.image : MOST_BYTES.document;
  if (bytes <= most) return;
  throw new ApiError(
    400,
    'file_too_large',
    `the file of '${param}' is larger than the ${most} bytes that a model accepts`,
    {
      param,
    },
  );
}

/** A file as a block of a message. Its own name isn't sent, because a model could take it for an instruction. */
export function toFileBlock({ kind, content }: ModelFile): ContentBlock {
  if (isImage(kind)) return { image: { format: kind, source: { bytes: content } } };
  return { document: { format: kind === 'pdf' ? 'pdf' : 'txt', name: 'document', source: { bytes: content } } };
}

/**
 * A file that a message contains.
 *
 * @throws ApiError if it isn't a base64 data URL of a file that a model reads
 */
export function inlineFile(url: string, param: string): ModelFile {
  const [head = '', data = ''] = [url.slice(0, url.indexOf(',')), url.slice(url.indexOf(',') + 1)];
  const [, type] = /^data:([a-z0-9.+/-]*)(?:;charset=utf-8)?;base64$/i.exec(head) ?? [];
  if (type === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) {
    throw new ApiError(400, 'invalid_value', `'${param}' must be a base64 data URL: data:application/pdf;base64,...`, {
      param,
    });
  }
  return givenFile(Buffer.from(data, 'base64'), type, param);
}

/**
 * A file that a message contains, from its bytes.
 *
 * @param type the media type that the client states
 * @throws ApiError if no model reads it, or it isn't of that type
 */
export function givenFile(content: Uint8Array, type: string, param: string): ModelFile {
  const kind = kindOf(content, param);
  requireDeclared(kind, type, '', param);
  requireSendable(kind, content.length, param);
  return { kind, content };
}
