import type { Content, ContentRoute } from '../gateway/context/content';
import type { FoundFile } from '../gateway/files/found-file';
import type { ResponseRequest } from '../gateway/items/parameters';
import type { Member } from '../http/member';
import { Conversations } from './conversations/conversations';
import { Lines } from './conversations/lines';
import { Responses } from './conversations/responses';
import { conversationRoutes, responseRoutes } from './conversations/routes';
import { StoredResponses } from './conversations/stored-responses';
import { Turns } from './conversations/turns';
import { Windows } from './conversations/window';
import { exportRoutes } from './exports/export-routes';
import { Exports } from './exports/exports';
import { fileRoutes } from './files/file-routes';
import { Files } from './files/files';
import { Leftovers } from './files/leftovers';
import { uploadRoutes } from './files/upload-routes';
import { Uploads } from './files/uploads';
import { promptRoutes } from './prompts/prompt-routes';
import { Prompts } from './prompts/prompts';
import type { ContentOptions } from './store/content-options';
import { erased, onHold } from './store/errors';
import { guarded } from './store/guarded';
import { ContentObjects } from './store/objects';
import { Retention } from './store/retention';
import { Seal } from './store/seal';
import type { Size } from './store/size';
import { type Standing, Standings } from './store/standing';
import { ContentTable } from './store/table';

const WINDOW: Size = { tokens: 100_000, bytes: 8_000_000 };

/** What stores the conversations and responses of a workspace's members. */
export function storedContent(options: ContentOptions): Content {
  const standings = new Standings(options.table.client, options.table.name);
  const kept = undecided(options, new Retention(options.retentionDays), true);
  // Nothing that is on hold expires, whatever the workspace's period is.
  const held = undecided(options, new Retention(undefined), false);
  const decide = (route: ContentRoute, index: number): ContentRoute => ({
    ...route,
    serve: async (asked) => {
      const standing = await standingFor(standings, asked.member);
      const conversation = route.route === 'conversations' ? asked.params.id : undefined;
      if (route.method === 'DELETE') requireDeletable(standing, conversation);
      const isKept = ['files', 'prompts'].includes(route.route) ? isAnyHeld(standing) : isHeld(standing, conversation);
      return ((isKept ? held.routes[index] : undefined) ?? route).serve(asked);
    },
  });
  return {
    routes: kept.routes.map(decide),
    file: async (member, id) => {
      await standingFor(standings, member);
      return guarded(fileOf(kept.files, member.id, id));
    },
    prompt: async (member, reference) => {
      await standingFor(standings, member);
      return guarded(kept.prompts.use(member.id, reference));
    },
    begin: async (member, wanted, before) => {
      const standing = await standingFor(standings, member);
      const { turns } = isHeld(standing, conversationNamed(wanted)) ? held : kept;
      const turn = await guarded(turns.begin(member.id, wanted, before));
      return {
        ...turn,
        files: new Map([...turn.files].map(([name, file]) => [name, guardedFile(file)])),
        finish: (response, proofs) => guarded(turn.finish(response, proofs)),
      };
    },
  };
}

/** Content as it is for members of whom nothing was decided. */
function undecided(options: ContentOptions, retention: Retention, expires: boolean) {
  const { bucket, vault, now = () => new Date() } = options;
  const { tokens = WINDOW.tokens, bytes = WINDOW.bytes } = options.window ?? {};
  const table = new ContentTable(options.table.client, options.table.name, now);
  const objects = new ContentObjects(bucket.client, bucket.name, expires);
  const seal = new Seal(vault, objects);
  const lines = new Lines(table, seal, retention, now);
  const windows = new Windows(table, seal, lines);
  const leftovers = new Leftovers(table, objects);
  const fileParts = { table, seal, leftovers, retention, now };
  const files = new Files(fileParts);
  const prompts = new Prompts({ table, seal, files, retention, now });
  const turns = new Turns({
    table,
    lines,
    windows,
    files,
    responses: new Responses(seal, retention),
    retention,
    window: { tokens, bytes },
    now,
  });
  const conversations = new Conversations(table, seal, lines, turns, now);
  const routes: readonly ContentRoute[] = [
    ...conversationRoutes(conversations, files),
    ...responseRoutes(new StoredResponses(table, seal, lines)),
    ...fileRoutes(files),
    ...promptRoutes(prompts),
    ...uploadRoutes(new Uploads(fileParts, files)),
    ...exportRoutes(new Exports(options)),
  ];
  return { routes, turns, files, prompts };
}

/** @throws ApiError when the member's content is being erased, or was */
async function standingFor(standings: Standings, { id }: Member): Promise<Standing> {
  const standing = await guarded(standings.of(id));
  if (standing.erasing) throw erased();
  return standing;
}

/** What a response is added to. Nothing is added to the conversation of one that is only continued. */
const conversationNamed = ({ conversation }: ResponseRequest): string | undefined =>
  typeof conversation === 'object' ? conversation?.id : conversation;

const isHeld = ({ held, heldConversations }: Standing, conversation: string | undefined): boolean =>
  held || (conversation !== undefined && heldConversations.has(conversation));

/** What may be part of a conversation on hold stays while there is one: a response, a file, a prompt. */
const isAnyHeld = ({ held, heldConversations }: Standing): boolean => held || heldConversations.size > 0;

function requireDeletable(standing: Standing, conversation: string | undefined): void {
  if (conversation === undefined ? isAnyHeld(standing) : isHeld(standing, conversation)) throw onHold();
}

/** A file whose content is read later, and fails then as everything that is stored. */
const guardedFile = (file: FoundFile): FoundFile => ({ ...file, read: () => guarded(file.read()) });

async function fileOf(files: Files, user: string, id: string): Promise<FoundFile | undefined> {
  const found = await files.find(user, id);
  return found && guardedFile(found);
}
