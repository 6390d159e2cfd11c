import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute } from '../../gateway/context/content';
import { parseRequest } from '../../http/parse-request';
import { readForm } from '../../http/read-form';
import { readJson } from '../../http/read-json';
import { SENT_PURPOSES } from './file-record';
import { purposeOf, route, smallFile } from './file-routes';
import type { Uploads } from './uploads';

const newUpload = z.strictObject({
  bytes: z.int().check(z.minimum(1)),
  filename: z.string(),
  mime_type: z.string(),
  purpose: z.string(),
});

const completion = z.strictObject({
  part_ids: z.array(z.string().check(z.maxLength(128))).check(z.minLength(1), z.maxLength(64)),
  md5: z.nullish(z.string().check(z.regex(/^[0-9a-fA-F]{32}$/))),
});

/** The paths of files that are sent in parts, as the `openai` client calls them. */
export function uploadRoutes(uploads: Uploads): ContentRoute[] {
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('POST', '/v1/uploads', 'nothing', async ({ request, member }) => {
      const required = ['bytes', 'filename', 'mime_type', 'purpose'];
      const { bytes, filename, mime_type, purpose } = parseRequest(newUpload, await readJson(request), required);
      const described = { name: filename, type: mime_type, purpose: purposeOf(purpose, SENT_PURPOSES) };
      return Response.json(await uploads.create(member.id, described, bytes));
    }),
    route('POST', '/v1/uploads/:id/parts', 'nothing', async (call) => {
      const { content } = await smallFile(await readForm(call.request, ['data']), 'data');
      return Response.json(await uploads.add(call.member.id, id(call), content));
    }),
    route('POST', '/v1/uploads/:id/complete', 'nothing', async (call) => {
      const { part_ids, md5 } = parseRequest(completion, await readJson(call.request), ['part_ids']);
      return Response.json(await uploads.complete(call.member.id, id(call), part_ids, md5 ?? undefined));
    }),
    route('POST', '/v1/uploads/:id/cancel', 'of-any', async (call) =>
      Response.json(await uploads.cancel(call.member.id, id(call))),
    ),
  ];
}
