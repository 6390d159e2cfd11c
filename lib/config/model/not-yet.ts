/** A key of a later version that nothing implements yet. */
export interface NotYet {
  /** The key; `[]` is any position in a list. */
  readonly path: string;
  /** What is missing. */
  readonly missing: string;
  /** What to write instead. */
  readonly instead: string;
  /** When the key is accepted. */
  readonly unless?: 'its addresses are listed';
  /** Whether `serve` implements it, on the machine on which it runs. */
  readonly served?: true;
}

/**
 * The keys that are refused because they would have no effect: a configuration that asks for something and silently doesn't
 * get it is a broken promise. The change that implements a key deletes its row.
 */
export const NOT_YET: readonly NotYet[] = [
  {
    path: 'models[].destinations[].server',
    missing: 'a deployed gateway may connect only to addresses that are listed',
    instead: "list the server's ranges in 'addresses', such as [10.0.3.0/24], within those of the network",
    unless: 'its addresses are listed',
    served: true,
  },
];

/** The kinds of models that the gateway can call; a model whose kind the facts don't know counts as `text`. */
export const SERVED_KINDS: readonly string[] = ['text', 'safeguard', 'embedding'];

/** Models of a served kind that the gateway still can't call, each with its purpose. */
export const UNSERVED_MODELS: ReadonlyMap<string, string> = new Map([
  ['amazon.titan-embed-image-v1', 'embedding of images'],
]);
