import type { Bedrock } from './bedrock';
import type { ResponseTurn } from './content';
import type { FoundFile } from './files/found-file';
import type { Servers } from './openai/servers';
import type { Resilience } from './resilience';
import type { InputItem } from './responses/items';
import type { ResponseRequest } from './responses/parameters';
import type { PromptReference } from './responses/prompt-reference';
import type { StoredPrompt } from './responses/stored-prompt';
import type { Serving } from './serving';
import type { Trail } from './trail';

/** The calls of Bedrock that a gateway makes. */
export type Upstream = Pick<Bedrock, 'converse' | 'converseStream' | 'invoke'>;

/** What serving a request needs beside the request itself. */
export interface RequestContext {
  readonly serving: Serving;
  readonly upstream: Upstream;
  readonly servers: Servers;
  readonly resilience: Resilience;
  readonly requestId: string;
  readonly time: Date;
  readonly now: () => Date;
  /** How long a stream may be silent before a comment keeps it open. */
  readonly heartbeatMs: number;
  readonly trail: Trail;
  /**
   * Begins a response that may be stored.
   *
   * @default - nothing is stored
   */
  readonly begin?: (wanted: ResponseRequest, before: readonly InputItem[]) => Promise<ResponseTurn>;
  /**
   * Finds a stored file by its id.
   *
   * @default - none is stored
   */
  readonly file?: (id: string) => Promise<FoundFile | undefined>;
  /**
   * Finds a stored prompt.
   *
   * @default - none is stored
   */
  readonly prompt?: (reference: PromptReference) => Promise<StoredPrompt>;
}
