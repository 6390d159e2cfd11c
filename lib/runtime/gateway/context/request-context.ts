import type { Bedrock } from '../bedrock/bedrock';
import type { FoundFile } from '../files/found-file';
import type { InputItem } from '../items/items';
import type { ResponseRequest } from '../items/parameters';
import type { PromptReference } from '../items/prompt-reference';
import type { StoredPrompt } from '../items/stored-prompt';
import type { Servers } from '../openai/servers';
import type { Serving } from '../policy/serving';
import type { Trail } from '../request/trail';
import type { Resilience } from '../routing/resilience';
import type { ResponseTurn } from './content';

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
