import type { Content, ContentRoute, Removal, ResponseTurn } from '../gateway/context/content';
import type { FoundFile } from '../gateway/files/found-file';
import type { InputItem } from '../gateway/items/items';
import type { ResponseRequest } from '../gateway/items/parameters';
import { budgetGroupsOf, type Member, type SentBy } from '../http/member';
import { batchRoutes } from './background/batch-routes';
import { jobsUnder, type MemberJobs } from './background/member-jobs';
import { requireUnrestricted } from './background/unrestricted-key';
import type { ContentOptions, MemberKeyOptions } from './content-options';
import { Conversations } from './conversations/conversations';
import { ItemLog } from './conversations/item-log';
import { Responses } from './conversations/responses';
import { conversationRoutes, responseRoutes } from './conversations/routes';
import type { Size } from './conversations/size';
import { StoredResponses } from './conversations/stored-responses';
import { type TurnAs, Turns } from './conversations/turns';
import { Windows } from './conversations/window';
import { exportRoutes } from './exports/export-routes';
import { Exports } from './exports/exports';
import { Conversions } from './files/conversions';
import type { FileLookup } from './files/file-lookup';
import { fileRoutes } from './files/file-routes';
import { Files } from './files/files';
import { Leftovers } from './files/leftovers';
import { uploadRoutes } from './files/upload-routes';
import { Uploads } from './files/uploads';
import { keyRoutes } from './keys/key-routes';
import { MemberKeys } from './keys/member-keys';
import { namedOf } from './keys/named-groups';
import { promptRoutes } from './prompts/prompt-routes';
import { Prompts } from './prompts/prompts';
import { isShareId } from './prompts/share-keys';
import { Shares } from './prompts/shares';
import { ContentCipher } from './store/content-cipher';
import { erased, onHold } from './store/errors';
import { guarded } from './store/guarded';
import { ContentObjects } from './store/objects';
import { Retention } from './store/retention';
import { ContentTable } from './store/table';
import { type UserStatus, UserStatuses } from './store/user-status';

const WINDOW: Size = { tokens: 100_000, bytes: 8_000_000 };

/** The content of a workspace, as its gateway serves it and a worker adds to it. */
export interface StoredContent extends Content {
  /**
   * What a worker needs to run a member's jobs; undefined where nothing runs in the background.
   *
   * @throws ApiError when the member's content is being erased, or was
   */
  jobsOf(member: Member): Promise<MemberJobs | undefined>;
  /** As `begin`, for a turn that a worker finishes. */
  beginAs(member: Member, requested: ResponseRequest, before: readonly InputItem[], as: TurnAs): Promise<ResponseTurn>;
}

/** Stores the conversations, responses, files and prompts of a workspace's members. */
export function storedContent(options: ContentOptions): StoredContent {
  const statuses = new UserStatuses(options.table.client, options.table.name);
  const contents = {
    none: contentUnder('none', options),
    other: contentUnder('other', options),
    own: contentUnder('own', options),
  };
  const contentFor = (status: UserStatus, mustStay: boolean) => {
    if (mustStay) return contents.own;
    return isAnyOnHold(status) ? contents.other : contents.none;
  };
  const withStatus = (route: ContentRoute, index: number): ContentRoute => ({
    ...route,
    serve: async (request) => {
      const status = await requireContent(statuses, request.member);
      const conversation = route.route === 'conversations' ? request.params.id : undefined;
      requireRemovable(route.removes, status, conversation);
      const mustStay = ['files', 'prompts'].includes(route.route)
        ? isAnyOnHold(status)
        : isOnHold(status, conversation);
      return (contentFor(status, mustStay).routes[index] ?? route).serve(request);
    },
  });
  const begin = async (
    member: Member,
    request: ResponseRequest,
    before: readonly InputItem[],
    shared?: ReadonlyMap<string, FoundFile>,
    as?: TurnAs,
  ): Promise<ResponseTurn> => {
    const status = await requireContent(statuses, member);
    const { turns } = contentFor(status, isOnHold(status, conversationNamed(request)));
    const turn = await guarded(turns.begin(member.id, request, before, shared, as));
    const { defer } = turn;
    return {
      ...turn,
      files: new Map([...turn.files].map(([name, file]) => [name, guardedFile(file)])),
      finish: (...args: Parameters<ResponseTurn['finish']>) => guarded(turn.finish(...args)),
      defer:
        defer &&
        ((response, body) => {
          requireUnrestricted(member);
          return guarded(defer(response, body, senderOf(options)(member)));
        }),
    };
  };
  return {
    jobsOf: async (member) => {
      const status = await requireContent(statuses, member);
      return contentFor(status, isAnyOnHold(status)).jobs;
    },
    beginAs: (member, requested, before, as) => begin(member, requested, before, undefined, as),
    routes: contents.none.routes.map(withStatus),
    admit: async (member) => void (await requireContent(statuses, member)),
    file: async (member, id) => {
      await requireContent(statuses, member);
      return guarded(findFile(contents.none.files, member.id, id));
    },
    items: async (member, ids) => {
      await requireContent(statuses, member);
      return guarded(contents.none.responses.items(member.id, ids));
    },
    prompt: async (member, reference) => {
      await requireContent(statuses, member);
      const { prompts, shares } = contents.none;
      return guarded(isShareId(reference.id) ? shares.use(member, reference) : prompts.use(member.id, reference));
    },
    begin: (member, request, before, shared) => begin(member, request, before, shared),
  };
}

/** What a member has on hold: nothing, other content than that of the request, or this content. */
type OnHold = 'none' | 'other' | 'own';

/** Content of members with a given status. */
function contentUnder(hold: OnHold, options: ContentOptions) {
  const { bucket, keyring, now = () => new Date() } = options;
  // Content on hold doesn't expire, whatever the workspace's retention period is.
  const retention = new Retention(hold === 'own' ? undefined : options.retentionDays);
  // What earlier deletions left may belong to any content on hold.
  const keeps = hold !== 'none';
  const { tokens = WINDOW.tokens, bytes = WINDOW.bytes } = options.window ?? {};
  const table = new ContentTable(options.table.client, options.table.name, now);
  const objects = new ContentObjects(bucket.client, bucket.name, hold !== 'own');
  const cipher = new ContentCipher(keyring, objects);
  const log = new ItemLog(table, cipher, retention, now);
  const conversions = new Conversions({ table, cipher, requests: options.conversions, stays: hold === 'own', now });
  const leftovers = new Leftovers(table, objects, keeps);
  const fileParts = { table, cipher, leftovers, conversions, retention, keeps, now };
  const files = new Files(fileParts);
  const prompts = new Prompts({ table, cipher, files, retention, now });
  const statuses = new UserStatuses(options.table.client, options.table.name);
  const shares = new Shares({ table, objects, keyring, prompts, files, leftovers, statuses, retention, now });
  const bodies = new Responses(cipher, retention);
  const jobs = options.background && jobsUnder(options.background, { ...fileParts, responses: bodies, files });
  const turns = new Turns({
    table,
    log,
    windows: new Windows(table, cipher, log),
    files,
    responses: bodies,
    retention,
    window: { tokens, bytes },
    now,
    defer: jobs && ((user, deferred, by) => jobs.responses.defer(user, deferred, by)),
  });
  const conversations = new Conversations({ table, cipher, log, turns, keeps, now });
  const responses = new StoredResponses(table, cipher, log, jobs?.responses);
  const routes: readonly ContentRoute[] = [
    ...conversationRoutes(conversations, files),
    ...responseRoutes(responses),
    ...fileRoutes(files),
    ...promptRoutes(prompts, shares),
    ...(jobs === undefined ? [] : batchRoutes(jobs.batches, senderOf(options))),
    ...uploadRoutes(new Uploads(fileParts, files)),
    ...exportRoutes(new Exports(options)),
    ...(options.memberKeys
      ? keysUnder({ ...options.memberKeys, budgetGroups: options.budgetGroups }, table, cipher, now)
      : []),
  ];
  return { routes, turns, responses, files, prompts, shares, jobs };
}

/** How a member sends a job. A worker has no token that would name their groups. */
const senderOf =
  ({ budgetGroups = [] }: ContentOptions) =>
  (member: Member): SentBy => ({ key: member.key?.id, groups: namedOf(budgetGroups, budgetGroupsOf(member)) });

const keysUnder = (
  { models, unpriced, ...options }: MemberKeyOptions & Pick<ContentOptions, 'budgetGroups'>,
  table: ContentTable,
  cipher: ContentCipher,
  now: () => Date,
): ContentRoute[] => {
  const { courses } = options;
  return keyRoutes(new MemberKeys({ ...options, table, cipher, now }), { models, courses, unpriced }, now);
};

/** @throws ApiError when the member's content is being erased, or was */
async function requireContent(statuses: UserStatuses, { id }: Member): Promise<UserStatus> {
  const status = await guarded(statuses.of(id));
  if (status.erasing) throw erased();
  return status;
}

/** The conversation that a response is added to. One that the response only continues isn't changed. */
const conversationNamed = ({ conversation }: ResponseRequest): string | undefined =>
  typeof conversation === 'object' ? conversation?.id : conversation;

const isOnHold = ({ isUserOnHold, conversationsOnHold }: UserStatus, conversation: string | undefined): boolean =>
  isUserOnHold || (conversation !== undefined && conversationsOnHold.has(conversation));

/** A response, a file or a prompt may be part of a conversation on hold, so it stays while there is one. */
const isAnyOnHold = ({ isUserOnHold, conversationsOnHold }: UserStatus): boolean =>
  isUserOnHold || conversationsOnHold.size > 0;

/** @throws ApiError when what the request removes is on hold, or may be */
function requireRemovable(removes: Removal, status: UserStatus, conversation: string | undefined): void {
  const mustStay = { nothing: false, 'of-conversation': isOnHold(status, conversation), 'of-any': isAnyOnHold(status) };
  if (mustStay[removes]) throw onHold();
}

/** The content of a file is read later, so its failures are guarded separately. */
const guardedFile = (file: FoundFile): FoundFile => ({ ...file, read: () => guarded(file.read()) });

async function findFile(files: FileLookup, user: string, id: string): Promise<FoundFile | undefined> {
  const file = await files.find(user, id);
  return file && guardedFile(file);
}
