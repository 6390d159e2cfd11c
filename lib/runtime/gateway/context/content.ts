import { ApiError } from '../../http/api-error';
import type { Member } from '../../http/member';
import type { FoundFile } from '../files/found-file';
import type { InputItem } from '../items/items';
import type { ResponseRequest } from '../items/parameters';
import type { PromptReference } from '../items/prompt-reference';
import type { ResponseObject } from '../items/response-object';
import type { StoredPrompt } from '../items/stored-prompt';
import type { Route } from '../request/trail';

/** A request for something that is stored. */
export interface ContentRequest {
  readonly request: Request;
  /** The parts of the path that a route names. */
  readonly params: Readonly<Record<string, string>>;
  readonly member: Member;
  /**
   * Refuses a model that isn't served.
   *
   * @throws ApiError saying which are
   */
  requireModel(model: string): void;
}

/** A path of what is stored. */
export interface ContentRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly route: Route;
  /** @throws ApiError for every refusal */
  serve(asked: ContentRequest): Promise<Response>;
}

/** What stores content. A gateway is given one for a workspace; without it, it stores nothing. */
export interface Content {
  readonly routes: readonly ContentRoute[];
  /**
   * Begins a response: finds what it continues.
   *
   * @param before what a model is sent before all of it, each time
   * @throws ApiError when that isn't there, isn't the member's, or is too long
   */
  begin(member: Member, wanted: ResponseRequest, before: readonly InputItem[]): Promise<ResponseTurn>;
  /**
   * A version of a prompt.
   *
   * @throws ApiError if there is no such, or it is another's
   */
  prompt(member: Member, reference: PromptReference): Promise<StoredPrompt>;
  /** A file of a member; none if there is no such, or it is another's. */
  file(member: Member, id: string): Promise<FoundFile | undefined>;
}

/** A response that is being made. */
export interface ResponseTurn {
  /** The id of the response; it can't be guessed. */
  readonly id: string;
  /** What was said before, oldest first. */
  readonly history: readonly InputItem[];
  /** The files that are named, by id; of what was said before, those that are still there. */
  readonly files: ReadonlyMap<string, FoundFile>;
  readonly conversation: string | null;
  readonly stored: boolean;
  /**
   * Stores what was asked and answered, whole or not at all; nothing if it isn't to be stored.
   *
   * @param proofs what each reasoning item needs to go back to its model, by the item's id
   * @throws ApiError when it can't be stored
   */
  finish(response: ResponseObject, proofs: ReadonlyMap<string, string>): Promise<void>;
}

/**
 * Who asks for content.
 *
 * @throws ApiError when nobody has signed in, or who did has no content of their own
 */
export function requireOwner(member: Member | undefined): Member {
  if (member?.role === 'member') return member;
  throw new ApiError(403, 'role_refused', 'only a member who has signed in has content; use the token of a member');
}
