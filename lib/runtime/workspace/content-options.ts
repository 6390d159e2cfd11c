import type { Size } from './conversations/size';
import type { ConversionRequests } from './files/conversions';
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
   * Where conversions of office files are requested.
   *
   * @default - office files are refused
   */
  readonly conversions?: ConversionRequests;
  /** @default - the system clock */
  readonly now?: () => Date;
}
