import type { ResponseObject } from '../../gateway/items/response-object';
import type { StoredItem } from './items';

/** A response that is answered in the background, before it is. */
export interface DeferredResponse {
  readonly response: ResponseObject;
  /** The input as it is stored once the response is over. */
  readonly input: readonly StoredItem[];
  /** The request that a worker sends. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The responses of members that aren't over yet, each visible to its own member alone. */
export interface UnfinishedResponses {
  /** A response in progress; undefined if the member has none with this ID. */
  find(user: string, id: string): Promise<Pick<DeferredResponse, 'response' | 'input'> | undefined>;
  /**
   * Stores a response as cancelled. Whatever a model still answers is dropped.
   *
   * @returns false if it is over
   */
  cancel(user: string, id: string): Promise<boolean>;
}
