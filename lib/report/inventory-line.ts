/** On what a line of the inventory rests. */
export type Basis =
  /** What is deployed enforces it. */
  | { readonly kind: 'enforced' }
  /** The provider says so; all that we know is when it said so. */
  | { readonly kind: 'claimed'; readonly by: string; readonly asOf: string; readonly stale: boolean };

/** One store or gateway of a deployment. */
export interface InventoryLine {
  readonly stack: string;
  /** Path of its construct below the stack, or its logical id. */
  readonly name: string;
  /** What it is, in the service's words. */
  readonly kind: string;
  readonly region: string;
  readonly country: string;
  /** The key that encrypts it: the construct of a customer managed key, or whose key it is instead. */
  readonly key: string;
  /** How long what it holds is kept. */
  readonly kept: string;
  readonly basis: Basis;
  /** What a gateway may call. */
  readonly destinations: readonly DestinationLine[];
}

/** One model or profile that a gateway may call. */
export interface DestinationLine {
  readonly id: string;
  /** Every Region that may process a request, with its country. */
  readonly processedIn: string;
  readonly basis: Basis;
  /** What the model's provider keeps while the Region's retention mode is `none`. */
  readonly providerKeeps: string;
  readonly keepsBasis: Basis;
}

export const ENFORCED: Basis = { kind: 'enforced' };
