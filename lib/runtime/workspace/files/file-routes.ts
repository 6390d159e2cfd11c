import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute, Removal } from '../../gateway/context/content';
import { readQuery } from '../../http/page';
import { type Form, fileOf, readForm, textOf } from '../../http/read-form';
import { ApiError } from '../errors/api-error';
import { guarded } from '../store/guarded';
import { PURPOSES, type Purpose, SENT_PURPOSES } from './file-record';
import type { Files } from './files';

/** The largest content of a file that one request can send. */
export const MAX_REQUEST_BYTES = 4 * 2 ** 20;

/** The paths of files, as the `openai` client calls them. */
export function fileRoutes(files: Files): ContentRoute[] {
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('POST', '/v1/files', 'nothing', async ({ request, member }) => {
      readQuery(request, []);
      const form = await readForm(request, ['file', 'purpose']);
      const purpose = purposeOf(textOf(form, 'purpose'), SENT_PURPOSES);
      const { name, type, content } = await smallFile(form, 'file');
      return Response.json(await files.create(member.id, { name, type, purpose }, content));
    }),
    route('GET', '/v1/files', 'nothing', async ({ request, member }) => {
      const { purpose, ...query } = readQuery(request, ['after', 'limit', 'order', 'purpose']);
      const only = purpose === undefined ? undefined : purposeOf(purpose);
      return Response.json(await files.list(member.id, { ...query, purpose: only }));
    }),
    route('GET', '/v1/files/:id', 'nothing', async (call) =>
      Response.json(await files.describe(call.member.id, id(call))),
    ),
    route('GET', '/v1/files/:id/content', 'nothing', async (call) => {
      const pieces = await files.content(call.member.id, id(call));
      // No browser may open the content as a page of this host.
      const headers = {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
      };
      return new Response(ReadableStream.from(pieces), { headers });
    }),
    route('DELETE', '/v1/files/:id', 'of-any', async (call) => {
      await files.delete(call.member.id, id(call));
      return Response.json({ id: id(call), object: 'file', deleted: true });
    }),
  ];
}

/** A path of files. The message of a store's failure never reaches a client. */
export function route(
  method: ContentRoute['method'],
  path: string,
  removes: Removal,
  serve: (call: ContentRequest) => Promise<Response>,
): ContentRoute {
  return { route: 'files', method, path, removes, serve: (call) => guarded(serve(call)) };
}

/**
 * A file of a form.
 *
 * @throws ApiError when there is none, or it is larger than one request can send
 */
export async function smallFile(form: Form, field: string) {
  const file = fileOf(form, field);
  if (file.size > MAX_REQUEST_BYTES) {
    throw new ApiError(
      413,
      'request_too_large',
      `'${field}' has more than ${MAX_REQUEST_BYTES} bytes; send it in parts, by POST /v1/uploads`,
      { param: field },
    );
  }
  return { name: file.name, type: file.type, content: new Uint8Array(await file.arrayBuffer()) };
}

/** @throws ApiError for a purpose that nothing here uses */
export function purposeOf(given: string, purposes: readonly Purpose[] = PURPOSES): Purpose {
  const { data } = z.safeParse(z.enum(purposes), given);
  if (data !== undefined) return data;
  const allowed = purposes.map((purpose) => `"${purpose}"`).join(' or ');
  throw new ApiError(400, 'unsupported_value', `'purpose' may only be ${allowed}: files are input of models here`, {
    param: 'purpose',
  });
}
