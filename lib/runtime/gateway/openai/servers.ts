import type { ServerDestination } from '../../../boundary/server';
import type { ModelEvent } from '../converse/model-event';
import type { ModelRequest } from '../converse/model-request';

/** What a model of embeddings made of some texts. */
export interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  readonly tokens: number;
}

/** The servers beside Bedrock that a gateway calls. Each sends a request once; what to do about a failure is the caller's. */
export interface Servers {
  answer(destination: ServerDestination, request: ModelRequest, client?: AbortSignal): Promise<readonly ModelEvent[]>;
  stream(
    destination: ServerDestination,
    request: ModelRequest,
    client?: AbortSignal,
  ): Promise<AsyncIterable<ModelEvent>>;
  embed(
    destination: ServerDestination,
    input: readonly string[],
    dimensions: number | undefined,
    client?: AbortSignal,
  ): Promise<Embedded>;
}

const none = () => Promise.reject(new Error('this gateway calls no server beside Bedrock'));

/** Calls nothing. */
export const NO_SERVERS: Servers = { answer: none, stream: none, embed: none };
