import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute } from '../../gateway/context/content';
import { metadata } from '../../gateway/parameters/metadata';
import type { Member, SentBy } from '../../http/member';
import { readQuery } from '../../http/page';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { guarded } from '../store/guarded';
import { BATCH_ENDPOINTS } from './batch-lines';
import type { Batches } from './batches';
import { requireUnrestricted } from './unrestricted-key';

const newBatch = z.strictObject({
  input_file_id: z.string().check(z.minLength(1), z.maxLength(128)),
  endpoint: z.enum(BATCH_ENDPOINTS),
  completion_window: z.literal('24h'),
  metadata: z.nullish(metadata),
});

/**
 * The paths of batches, as the `openai` client calls them.
 *
 * @param sentBy how a member sends a batch
 */
export function batchRoutes(batches: Batches, sentBy: (member: Member) => SentBy): ContentRoute[] {
  const id = ({ params }: ContentRequest) => params.id ?? '';
  const required = ['input_file_id', 'endpoint', 'completion_window'];
  return [
    route('POST', '/v1/batches', async ({ request, member }) => {
      requireUnrestricted(member);
      const {
        input_file_id: inputFile,
        endpoint,
        metadata,
      } = parseRequest(newBatch, await readJson(request), required);
      return batches.create(member.id, { inputFile, endpoint, metadata: metadata ?? null }, sentBy(member));
    }),
    route('GET', '/v1/batches', ({ request, member }) =>
      batches.list(member.id, readQuery(request, ['after', 'limit'])),
    ),
    route('GET', '/v1/batches/:id', (call) => batches.find(call.member.id, id(call))),
    route('POST', '/v1/batches/:id/cancel', (call) => batches.cancel(call.member.id, id(call))),
  ];
}

const route = (
  method: ContentRoute['method'],
  path: string,
  serve: (call: ContentRequest) => Promise<unknown>,
): ContentRoute => ({
  route: 'batches',
  method,
  path,
  removes: 'nothing',
  serve: async (call) => Response.json(await guarded((async () => serve(call))())),
});
