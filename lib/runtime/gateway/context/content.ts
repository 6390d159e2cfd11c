import type { Member, SentBy } from '../../http/member';
import type { Route } from '../../http/records/record-names';
import { ApiError } from '../errors/api-error';
import type { FoundFile } from '../files/found-file';
import type { InputItem } from '../items/items';
import type { ResponseRequest } from '../items/parameters';
import type { PromptReference } from '../items/prompt-reference';
import type { ResponseObject } from '../items/response-object';
import type { StoredPrompt } from '../items/stored-prompt';

/** A request for stored content. */
export interface ContentRequest {
  readonly request: Request;
  /** The parameters of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly member: Member;
  /**
   * Refuses a model that isn't served.
   *
   * @throws ApiError listing the models that are served
   */
  requireModel(model: string): void;
}

/**
 * What requests for a path remove or replace of what is stored: nothing, content of the conversation that the path names, or content that
 * may belong to any conversation of the member. Under a hold on it, such a request is refused.
 */
export type Removal = 'nothing' | 'of-conversation' | 'of-any';

/** A path of stored content. */
export interface ContentRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly route: Route;
  /** Every path declares it, so that a new one can't forget holds. */
  readonly removes: Removal;
  /**
   * Whether the whole answer is a model's.
   *
   * @default false
   */
  readonly generated?: boolean;
  /**
   * Whether the path is refused to a member's key, which may leave the member's hands: it administers keys, or hands out all content.
   *
   * @default false
   */
  readonly needsToken?: boolean;
  /** @throws ApiError for every refusal */
  serve(request: ContentRequest): Promise<Response>;
}

/** A store of content. The gateway of a workspace has one; without it, a gateway stores nothing. */
export interface Content {
  readonly routes: readonly ContentRoute[];
  /** @throws ApiError when the member's content is being erased, or was. A request of theirs would leave new traces of them. */
  admit(member: Member): Promise<void>;
  /**
   * Begins a response: finds the content that it continues.
   *
   * @param before the items that precede the conversation in every request to a model
   * @param shared the files of a shared prompt, which the member doesn't have
   * @throws ApiError if that content doesn't exist, isn't the member's, or is too long
   */
  begin(
    member: Member,
    requested: ResponseRequest,
    before: readonly InputItem[],
    shared?: ReadonlyMap<string, FoundFile>,
  ): Promise<ResponseTurn>;
  /**
   * A version of a prompt of the member, or of one that is shared with a group of theirs.
   *
   * @throws ApiError if it doesn't exist, or belongs to another member
   */
  prompt(member: Member, reference: PromptReference): Promise<StoredPrompt>;
  /** Items of a member's stored responses by ID; those that don't exist, or belong to another member, are missing. */
  items(member: Member, ids: readonly string[]): Promise<ReadonlyMap<string, InputItem>>;
  /** A file of a member; undefined if it doesn't exist, or belongs to another member. */
  file(member: Member, id: string): Promise<FoundFile | undefined>;
}

/** A response in progress. */
export interface ResponseTurn {
  /** The ID of the response. It can't be guessed. */
  readonly id: string;
  /** The earlier items, oldest first. */
  readonly history: readonly InputItem[];
  /** The named files, by ID. Of those that earlier items name, only the ones that still exist. */
  readonly files: ReadonlyMap<string, FoundFile>;
  readonly conversation: string | null;
  readonly stored: boolean;
  /**
   * Stores the input and the answer, entirely or not at all; nothing if the response isn't to be stored.
   *
   * @param proofs the provider's proof of each reasoning item, by the item's ID, with which the item can be sent back
   * @param model the ID of the model that generated the answer
   * @throws ApiError if it can't be stored
   */
  finish(response: ResponseObject, proofs: ReadonlyMap<string, string>, model: string): Promise<void>;
  /**
   * Stores the request, to be answered in the background.
   *
   * @param body the request as it is sent again
   * @param by how the member sent it; the content knows its caller
   * @default - the workspace answers nothing in the background
   * @throws ApiError if it can't be stored, or the member has too many of them
   */
  readonly defer?: (response: ResponseObject, body: Readonly<Record<string, unknown>>, by?: SentBy) => Promise<void>;
}

/**
 * The member who requests content.
 *
 * @throws ApiError without a signed-in user, or if their role has no content
 */
export function requireOwner(member: Member | undefined): Member {
  if (member?.role === 'member') return member;
  throw new ApiError(403, 'role_refused', "only a signed-in member has content; use a member's token");
}

/** @throws ApiError if the member authenticated by a key */
export function requireToken({ key }: Member): void {
  if (key === undefined) return;
  throw new ApiError(
    403,
    'token_required',
    'no API key may do this; sign in to this workspace, and send your ID token to the same path without /key',
  );
}
