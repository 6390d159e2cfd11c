/** On what a value of the inventory rests. That it was read back from the account, nothing says yet. */
export type Basis =
  /** What is deployed enforces it. */
  | { readonly kind: 'enforced' }
  /** It holds only if whoever writes does as the store asks. */
  | { readonly kind: 'set'; readonly by: string }
  /** The provider says so; all that we know is when it said so. */
  | { readonly kind: 'claimed'; readonly by: string; readonly asOf: string; readonly stale: boolean }
  /** Nothing that is deployed sees to it. */
  | { readonly kind: 'none' };

/** A value of the inventory, with what it rests on. */
export interface Cell {
  readonly text: string;
  readonly basis: Basis;
}

/** One store or gateway of a deployment. Its Region is enforced: a template is deployed to it or not at all. */
export interface InventoryLine {
  readonly stack: string;
  /** Path of its construct below the stack, or its logical id. */
  readonly name: string;
  /** What it is, in the service's words. */
  readonly kind: string;
  readonly region: string;
  readonly country: Cell;
  /** The key that encrypts it: the construct of a customer managed key, or whose key it is instead. */
  readonly key?: Cell;
  /** How long what it holds is kept. */
  readonly kept?: Cell;
  /** What a gateway may call, in the order in which it is tried. */
  readonly destinations: readonly DestinationLine[];
}

/** One model or profile that a gateway may call. */
export interface DestinationLine {
  readonly id: string;
  /** For which models it is tried, and as which: `assistant 1`. */
  readonly models: readonly string[];
  /** Every Region that may process a request, with its country. */
  readonly processedIn: Cell;
  /** What the model's provider keeps while the Region's retention mode is `none`. */
  readonly providerKeeps: Cell;
}

export const ENFORCED: Basis = { kind: 'enforced' };
export const NOTHING: Basis = { kind: 'none' };
