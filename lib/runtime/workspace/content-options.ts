import type { Place } from '../gateway/keys/key-form';
import type { JobQueue } from './background/queue';
import type { Size } from './conversations/size';
import type { ConversionRequests } from './files/conversions';
import type { Courses } from './keys/courses';
import type { ContentStores } from './store/content-stores';

/** How members create API keys. */
export interface MemberKeyOptions {
  /** Where the keys are valid. */
  readonly kind: Place;
  /** A key works only if its member has signed in within this time. */
  readonly signInWithinDays: number;
  /** The names of the models that a key can be restricted to. */
  readonly models: ReadonlySet<string>;
  /** @default - the workspace has no courses */
  readonly courses?: Courses;
  /**
   * The names of the models without a price, for which no amount is counted.
   *
   * @default - the workspace counts no amounts
   */
  readonly unpriced?: ReadonlySet<string>;
}

/** The stores of a workspace's content, and the settings by which it is stored and sent. */
export interface ContentOptions extends ContentStores {
  /** @default - content is stored until it is deleted */
  readonly retentionDays?: number;
  /**
   * The size of the newest part of a conversation that a model is sent, in estimated tokens and in bytes.
   *
   * @default - 100 000 tokens, which fit every text model of the facts, and 8 MB
   */
  readonly window?: Partial<Size>;
  /** @default - members create no API keys */
  readonly memberKeys?: MemberKeyOptions;
  /**
   * Where conversions of office files are requested.
   *
   * @default - office files are refused
   */
  readonly conversions?: ConversionRequests;
  /**
   * The queue of background responses and batches, and the most of them of one member at a time.
   *
   * @default - nothing is answered in the background
   */
  readonly background?: BackgroundOptions;
  /**
   * The groups that have budgets or courses, if tokens name groups.
   *
   * @default - none has, or SCIM decides
   */
  readonly budgetGroups?: readonly string[];
  /** @default - the system clock */
  readonly now?: () => Date;
}

/** How a workspace answers in the background. */
export interface BackgroundOptions {
  readonly queue: JobQueue;
  readonly jobsPerMember: number;
}
