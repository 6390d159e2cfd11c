import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute } from '../../gateway/context/content';
import { readQuery } from '../../http/page';
import { type Form, fileOf, readForm, textOf } from '../../http/read-form';
import { ApiError } from '../store/api-error';
import { guarded } from '../store/guarded';
import { type Files, PURPOSES, type Purpose } from './files';

/** As much as a request may bring of a file. */
export const MOST_AT_ONCE = 4 * 2 ** 20;

/** The paths of files, as the `openai` client calls them. */
export function fileRoutes(files: Files): ContentRoute[] {
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('POST', '/v1/files', async ({ request, member }) => {
      readQuery(request, []);
      const form = await readForm(request, ['file', 'purpose']);
      const purpose = purposeOf(textOf(form, 'purpose'));
      const { name, type, content } = await smallFile(form, 'file');
      return Response.json(await files.create(member.id, { name, type, purpose }, content));
    }),
    route('GET', '/v1/files', async ({ request, member }) => {
      const { purpose, ...query } = readQuery(request, ['after', 'limit', 'order', 'purpose']);
      const wanted = purpose === undefined ? undefined : purposeOf(purpose);
      return Response.json(await files.list(member.id, { ...query, purpose: wanted }));
    }),
    route('GET', '/v1/files/:id', async (asked) => Response.json(await files.describe(asked.member.id, id(asked)))),
    route('GET', '/v1/files/:id/content', async (asked) => {
      const pieces = await files.content(asked.member.id, id(asked));
      // Whatever is in it, no browser is to open it as a page of this host.
      const headers = {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
      };
      return new Response(ReadableStream.from(pieces), { headers });
    }),
    route('DELETE', '/v1/files/:id', async (asked) => {
      await files.delete(asked.member.id, id(asked));
      return Response.json({ id: id(asked), object: 'file', deleted: true });
    }),
  ];
}

/** A path of files: what a store says of its failures reaches nobody. */
export function route(
  method: ContentRoute['method'],
  path: string,
  serve: (asked: ContentRequest) => Promise<Response>,
): ContentRoute {
  return { route: 'files', method, path, serve: (asked) => guarded(serve(asked)) };
}

/**
 * A file that a form brings.
 *
 * @throws ApiError when there is none, or it is larger than a request may bring
 */
export async function smallFile(form: Form, field: string) {
  const file = fileOf(form, field);
  if (file.size > MOST_AT_ONCE) {
    throw new ApiError(
      413,
      'request_too_large',
      `'${field}' has more than ${MOST_AT_ONCE} bytes; send it in parts, by POST /v1/uploads`,
      { param: field },
    );
  }
  return { name: file.name, type: file.type, content: new Uint8Array(await file.arrayBuffer()) };
}

/** @throws ApiError when files of this purpose would be of no use here */
export function purposeOf(given: string): Purpose {
  const { data } = z.safeParse(z.enum(PURPOSES), given);
  if (data !== undefined) return data;
  const allowed = PURPOSES.map((purpose) => `"${purpose}"`).join(' or ');
  throw new ApiError(400, 'unsupported_value', `'purpose' may only be ${allowed}: files are input of models here`, {
    param: 'purpose',
  });
}
