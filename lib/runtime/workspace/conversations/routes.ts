import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute } from '../../gateway/context/content';
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
import type { Files } from '../files/files';
import { guarded } from '../store/guarded';
import type { Conversations } from './conversations';
import { type StoredItem, shown } from './items';
import type { StoredResponses } from './stored-responses';

/** As many items as OpenAI takes at once. */
const MOST_ITEMS = 20;

const items = z.array(inputItem).check(z.maxLength(MOST_ITEMS));
const newConversation = z.strictObject({ items: z.optional(items), metadata: z.optional(metadata) });
const addedItems = z.strictObject({ items: items.check(z.minLength(1)) });
const labels = z.strictObject({ metadata });

const PROOF = 'reasoning.encrypted_content';

/** The paths of conversations, as the `openai` client calls them, with a list of one's own. */
export function conversationRoutes(conversations: Conversations, files: Pick<Files, 'find'>): ContentRoute[] {
  const route = (method: ContentRoute['method'], path: string, serve: (asked: ContentRequest) => Promise<unknown>) =>
    toRoute('conversations', method, path, serve);
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('POST', '/v1/conversations', async ({ request, member }) => {
      readQuery(request, []);
      const body = withoutNulls(await optionalJson(request));
      const { items = [], metadata = {} } = parseRequest(newConversation, itemsOf(body), []);
      await requireSendable(files, member, items);
      return conversations.create(member.id, metadata, items);
    }),
    route('GET', '/v1/conversations', ({ request, member }) =>
      conversations.list(member.id, readQuery(request, ['after', 'limit', 'order'])),
    ),
    route('GET', '/v1/conversations/:id', (asked) => conversations.find(asked.member.id, id(asked))),
    route('POST', '/v1/conversations/:id', async (asked) => {
      const body = await readJson(asked.request);
      const { metadata } = parseRequest(labels, { ...body, metadata: body.metadata ?? {} }, ['metadata']);
      return conversations.relabel(asked.member.id, id(asked), metadata);
    }),
    route('DELETE', '/v1/conversations/:id', async (asked) => {
      await conversations.delete(asked.member.id, id(asked));
      return { id: id(asked), object: 'conversation.deleted', deleted: true };
    }),
    route('POST', '/v1/conversations/:id/items', async (asked) => {
      const { include } = readQuery(asked.request, ['include']);
      const { items } = parseRequest(addedItems, itemsOf(await readJson(asked.request)), ['items']);
      await requireSendable(files, asked.member, items);
      const added = await conversations.add(asked.member.id, id(asked), items);
      return shownPage(
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
    route('GET', '/v1/conversations/:id/items', async (asked) => {
      const query = readQuery(asked.request, ['after', 'limit', 'order', 'include']);
      return shownPage(await conversations.items(asked.member.id, id(asked), query), query.include);
    }),
    route('GET', '/v1/conversations/:id/items/:item', async (asked) => {
      const { include } = readQuery(asked.request, ['include']);
      const item = await conversations.item(asked.member.id, id(asked), asked.params.item ?? '');
      return shown(item, include.includes(PROOF));
    }),
    route('DELETE', '/v1/conversations/:id/items/:item', (asked) =>
      conversations.deleteItem(asked.member.id, id(asked), asked.params.item ?? ''),
    ),
  ];
}

/** The paths of stored responses. */
export function responseRoutes(responses: StoredResponses): ContentRoute[] {
  const route = (method: ContentRoute['method'], path: string, serve: (asked: ContentRequest) => Promise<unknown>) =>
    toRoute('responses', method, path, serve);
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('GET', '/v1/responses/:id', (asked) => {
      const { include } = readQuery(asked.request, ['include', 'stream', 'include_obfuscation']);
      return responses.find(asked.member.id, id(asked), include.includes(PROOF));
    }),
    route('DELETE', '/v1/responses/:id', async (asked) => {
      await responses.delete(asked.member.id, id(asked));
      return { id: id(asked), object: 'response', deleted: true };
    }),
    route('GET', '/v1/responses/:id/input_items', async (asked) => {
      const query = readQuery(asked.request, ['after', 'limit', 'order', 'include']);
      return shownPage(await responses.inputItems(asked.member.id, id(asked), query), query.include);
    }),
  ];
}

function toRoute(
  route: ContentRoute['route'],
  method: ContentRoute['method'],
  path: string,
  serve: (asked: ContentRequest) => Promise<unknown>,
): ContentRoute {
  return { route, method, path, serve: async (asked) => Response.json(await guarded((async () => serve(asked))())) };
}

const shownPage = (page: Page<StoredItem>, include: readonly string[]) => ({
  ...page,
  data: page.data.map((item) => shown(item, include.includes(PROOF))),
});

/** A conversation may be made without a body, which a client then says no type of. */
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
 * What no model could be sent isn't stored: it would spoil the conversation for good.
 *
 * @throws ApiError naming the item
 */
async function requireSendable(
  files: Pick<Files, 'find'>,
  member: Member,
  given: z.infer<typeof items>,
): Promise<void> {
  const found = new Map<string, ModelFile>();
  for (const { id } of fileReferences(given)) {
    const file = await files.find(member.id, id);
    if (file !== undefined) found.set(id, { kind: file.kind, content: new Uint8Array() });
  }
  toEntries(given, found, 'items');
  toSystem(undefined, given, 'items');
}
