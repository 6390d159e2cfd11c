import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { textBlocks } from '../converse/turns';
import { ApiError } from '../errors/api-error';
import { isImage } from '../files/file-kind';
import { fileNotFound, type ModelFiles } from '../files/found-file';
import { givenFile, toFileBlock } from '../files/model-file';
import type { DocumentBlock, ImageSource, Part } from './block-schema';

/**
 * A part of a message as blocks of Converse.
 *
 * @param param the part's path, for the error
 * @throws ApiError if it isn't what it states, or a model can't read it
 */
export function toBlocks(part: Part, param: string, files: ModelFiles): ContentBlock[] {
  switch (part.type) {
    case 'text':
      return textBlocks(part.text);
    case 'image':
      return [imageBlock(part.source, `${param}.source`, files)];
    case 'document':
      return documentBlocks(part, param, files);
    case 'tool_reference':
      return textBlocks(`(The tool ${part.tool_name} was found.)`);
  }
}

function imageBlock(source: ImageSource, param: string, files: ModelFiles): ContentBlock {
  if (source.type === 'base64') {
    const format = source.media_type.slice('image/'.length) as 'png';
    return { image: { format, source: { bytes: bytesOf(source.data, `${param}.data`) } } };
  }
  const file = fileOf(source, param, files);
  if (isImage(file.kind)) return toFileBlock(file);
  const id = `${param}.file_id`;
  throw new ApiError(400, 'invalid_value', `'${id}' isn't an image; send it as a block of type "document"`, {
    param: id,
  });
}

/** Title and context precede the document as text, because Converse has no fields for them that every model reads. */
function documentBlocks({ source, title, context }: DocumentBlock, param: string, files: ModelFiles): ContentBlock[] {
  return [...textBlocks(title ?? '', context ?? ''), ...sourceBlocks(source, `${param}.source`, files)];
}

function sourceBlocks(source: DocumentBlock['source'], param: string, files: ModelFiles): ContentBlock[] {
  const data = `${param}.data`;
  switch (source.type) {
    case 'base64':
      return [toFileBlock(givenFile(bytesOf(source.data, data), source.media_type, data))];
    case 'text':
      return [toFileBlock(givenFile(Buffer.from(source.data), source.media_type, data))];
    case 'file':
      return [toFileBlock(fileOf(source, param, files))];
    case 'content':
      return typeof source.content === 'string'
        ? [toFileBlock(givenFile(Buffer.from(source.content), 'text/plain', `${param}.content`))]
        : source.content.flatMap((part, at) => toBlocks(part, `${param}.content[${at}]`, files));
  }
}

function fileOf({ file_id }: { readonly file_id: string }, param: string, files: ModelFiles) {
  const file = files.get(file_id);
  if (file === undefined) throw fileNotFound(`${param}.file_id`);
  return file;
}

/**
 * The bytes of a text in base64.
 *
 * @throws ApiError if it isn't base64
 */
export function bytesOf(data: string, param: string): Buffer {
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return Buffer.from(data, 'base64');
  throw new ApiError(400, 'invalid_value', `'${param}' must be base64`, { param });
}
