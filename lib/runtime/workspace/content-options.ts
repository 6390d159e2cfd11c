import type { JobQueue } from './background/queue';
import type { Size } from './conversations/size';
import type { ContentStores } from './store/content-stores';

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
  /**
   * The queue of background responses and batches, and the most of them of one member at a time.
   *
   * @default - nothing is answered in the background
   */
  readonly background?: BackgroundOptions;
  /** @default - the system clock */
  readonly now?: () => Date;
}

/** How a workspace answers in the background. */
export interface BackgroundOptions {
  readonly queue: JobQueue;
  readonly jobsPerMember: number;
}
