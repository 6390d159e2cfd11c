import type { RequestLog } from '../../http/records/request-log';
import type { Bedrock } from '../bedrock/bedrock';
import type { FoundFile } from '../files/found-file';
import type { FindItems } from '../items/item-references';
import type { InputItem } from '../items/items';
import type { ResponseRequest } from '../items/parameters';
import type { PromptReference } from '../items/prompt-reference';
import type { StoredPrompt } from '../items/stored-prompt';
import type { Servers } from '../openai/servers';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import type { Resilience } from '../routing/resilience';
import type { ResponseTurn } from './content';

/** The Bedrock operations that a gateway calls. */
export type Upstream = Pick<Bedrock, 'converse' | 'converseStream' | 'invoke'>;

/** The values that serve a request, besides the request itself. */
export interface RequestContext {
  readonly policy: AdmittedPolicy;
  readonly upstream: Upstream;
  readonly servers: Servers;
  readonly resilience: Resilience;
  readonly requestId: string;
  readonly time: Date;
  readonly now: () => Date;
  /** How long a stream may be silent before a comment keeps it open. */
  readonly heartbeatMs: number;
  readonly log: RequestLog;
  /**
   * Begins a response that may be stored.
   *
   * @default - nothing is stored
   */
  readonly begin?: (
    requested: ResponseRequest,
    before: readonly InputItem[],
    shared?: ReadonlyMap<string, FoundFile>,
  ) => Promise<ResponseTurn>;
  /**
   * Finds stored items.
   *
   * @default - none is stored
   */
  readonly items?: FindItems;
  /**
   * Finds a stored file by its ID.
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
