import type { Cents } from './money';
import type { Price } from './price';

/**
 * The part of a bill: what costs the same without any use, what is due to use, and what the model costs, without its cache or with it.
 * Only one of the last two is due.
 */
export type Part = 'fixed' | 'use' | 'model' | 'cached-model';

/** One line of a bill: what a tenant costs in a month for one kind of thing in one Region. */
export interface CostLine {
  /** `workspace/sciences`, `projects` or `shared`. */
  readonly tenant: string;
  readonly part: Part;
  readonly region: string;
  readonly item: string;
  /** The model or profile whose tokens these are; none of other lines. */
  readonly model?: string;
  /** None: unknown. */
  readonly quantity?: number;
  /** None: unknown. */
  readonly price?: Price;
  readonly cents: Cents;
}
