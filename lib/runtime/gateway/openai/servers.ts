import type { AnyDestination, ServerDestination } from '../../../boundary/server';
import type { NoteRequestId } from '../../http/records/request-ids';
import type { ModelEvent } from '../converse/model-event';
import type { ModelRequest } from '../converse/model-request';

/** The answer of an embedding model. */
export interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  readonly tokens: number;
}

/** The destinations that a gateway calls by OpenAI's protocol. Each call sends a request once; the caller handles a failure. */
export interface Servers {
  answer(
    destination: AnyDestination,
    request: ModelRequest,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<readonly ModelEvent[]>;
  stream(
    destination: AnyDestination,
    request: ModelRequest,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<AsyncIterable<ModelEvent>>;
  embed(
    destination: ServerDestination,
    input: readonly string[],
    dimensions: number | undefined,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<Embedded>;
}

const none = () => Promise.reject(new Error("this gateway calls no destination by OpenAI's protocol"));

/** Calls nothing. */
export const NO_SERVERS: Servers = { answer: none, stream: none, embed: none };
