import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute, Removal } from '../../gateway/context/content';
import { requireUsable } from '../../gateway/files/found-file';
import type { ModelFile } from '../../gateway/files/model-file';
import { toEntries, toSystem } from '../../gateway/items/entries';
import { fileReferences } from '../../gateway/items/file-references';
import { inputItem } from '../../gateway/items/items';
import { refuseOutside } from '../../gateway/items/refusals';
import { typed } from '../../gateway/items/typed';
import { metadata } from '../../gateway/parameters/metadata';
import type { Member } from '../../http/member';
import { type Page, readQuery } from '../../http/page';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import type { FileLookup } from '../files/file-lookup';
import { guarded } from '../store/guarded';
import type { Conversations } from './conversations';
import { type StoredItem, toClient } from './items';
import type { StoredResponses } from './stored-responses';

/** OpenAI's limit of one request. */
const MAX_ITEMS = 20;

const items = z.array(inputItem).check(z.maxLength(MAX_ITEMS));
const newConversation = z.strictObject({ items: z.optional(items), metadata: z.optional(metadata) });
const addedItems = z.strictObject({ items: items.check(z.minLength(1)) });
const labels = z.strictObject({ metadata });

const PROOF = 'reasoning.encrypted_content';

/** The paths of conversations, as the `openai` client calls them, and one that lists a member's own. */
export function conversationRoutes(conversations: Conversations, files: FileLookup): ContentRoute[] {
  const route = routesOf('conversations');
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('POST', '/v1/conversations', 'nothing', async ({ request, member }) => {
      readQuery(request, []);
      const body = withoutNulls(await optionalJson(request));
      const { items = [], metadata = {} } = parseRequest(newConversation, itemsOf(body), []);
      await requireSendable(files, member, items);
      return conversations.create(member.id, metadata, items);
    }),
    route('GET', '/v1/conversations', 'nothing', ({ request, member }) =>
      conversations.list(member.id, readQuery(request, ['after', 'limit', 'order'])),
    ),
    route('GET', '/v1/conversations/:id', 'nothing', (call) => conversations.find(call.member.id, id(call))),
    route('POST', '/v1/conversations/:id', 'of-conversation', async (call) => {
      const body = await readJson(call.request);
      const { metadata } = parseRequest(labels, { ...body, metadata: body.metadata ?? {} }, ['metadata']);
      return conversations.setMetadata(call.member.id, id(call), metadata);
    }),
    route('DELETE', '/v1/conversations/:id', 'of-conversation', async (call) => {
      await conversations.delete(call.member.id, id(call));
      return { id: id(call), object: 'conversation.deleted', deleted: true };
    }),
    route('POST', '/v1/conversations/:id/items', 'nothing', async (call) => {
      const { include } = readQuery(call.request, ['include']);
      const { items } = parseRequest(addedItems, itemsOf(await readJson(call.request)), ['items']);
      await requireSendable(files, call.member, items);
      const added = await conversations.add(call.member.id, id(call), items);
      return clientPage(
        {
          object: 'list',
          data: added,
          first_id: added[0]?.id ?? null,
          last_id: added.at(-1)?.id ?? null,
          has_more: false,
        },
        include,
      );
    }),
    route('GET', '/v1/conversations/:id/items', 'nothing', async (call) => {
      const query = readQuery(call.request, ['after', 'limit', 'order', 'include']);
      return clientPage(await conversations.items(call.member.id, id(call), query), query.include);
    }),
    route('GET', '/v1/conversations/:id/items/:item', 'nothing', async (call) => {
      const { include } = readQuery(call.request, ['include']);
      const item = await conversations.item(call.member.id, id(call), call.params.item ?? '');
      return toClient(item, include.includes(PROOF));
    }),
    route('DELETE', '/v1/conversations/:id/items/:item', 'of-conversation', (call) =>
      conversations.deleteItem(call.member.id, id(call), call.params.item ?? ''),
    ),
  ];
}

/** The paths of stored responses. */
export function responseRoutes(responses: StoredResponses): ContentRoute[] {
  const route = routesOf('responses');
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    {
      ...route('GET', '/v1/responses/:id', 'nothing', (call) => {
        const { include } = readQuery(call.request, ['include', 'stream', 'include_obfuscation']);
        return responses.find(call.member.id, id(call), include.includes(PROOF));
      }),
      generated: true,
    },
    route('DELETE', '/v1/responses/:id', 'of-any', async (call) => {
      await responses.delete(call.member.id, id(call));
      return { id: id(call), object: 'response', deleted: true };
    }),
    {
      ...route('POST', '/v1/responses/:id/cancel', 'nothing', (call) => {
        readQuery(call.request, []);
        return responses.cancel(call.member.id, id(call));
      }),
      generated: true,
    },
    route('GET', '/v1/responses/:id/input_items', 'nothing', async (call) => {
      const query = readQuery(call.request, ['after', 'limit', 'order', 'include']);
      return clientPage(await responses.inputItems(call.member.id, id(call), query), query.include);
    }),
  ];
}

const routesOf =
  (route: ContentRoute['route']) =>
  (
    method: ContentRoute['method'],
    path: string,
    removes: Removal,
    serve: (call: ContentRequest) => Promise<unknown>,
  ): ContentRoute => ({
    route,
    method,
    path,
    removes,
    serve: async (call) => Response.json(await guarded((async () => serve(call))())),
  });

const clientPage = (page: Page<StoredItem>, include: readonly string[]) => ({
  ...page,
  data: page.data.map((item) => toClient(item, include.includes(PROOF))),
});

/** A conversation can be created without a body, and then without a content type. */
async function optionalJson(request: Request): Promise<Record<string, unknown>> {
  const { headers, body } = request;
  if (body === null || headers.get('content-length') === '0') return {};
  if (!headers.get('content-type') && (await request.clone().arrayBuffer()).byteLength === 0) return {};
  return readJson(request);
}

const withoutNulls = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

function itemsOf(body: Record<string, unknown>): Record<string, unknown> {
  refuseOutside({ input: body.items }, 'items', true);
  return { ...body, ...('items' in body && { items: typed(body.items) }) };
}

/**
 * Refuses items that can't be sent to any model: once stored, they would make the conversation unusable.
 *
 * @throws ApiError that names the item
 */
async function requireSendable(files: FileLookup, member: Member, given: z.infer<typeof items>): Promise<void> {
  const named = new Map<string, ModelFile>();
  for (const { id, param } of fileReferences(given, 'items')) {
    const file = await files.find(member.id, id);
    if (file === undefined) continue;
    requireUsable(file, param);
    named.set(id, { kind: file.kind, content: new Uint8Array() });
  }
  toEntries(given, named, 'items');
  toSystem(undefined, given, 'items');
}
