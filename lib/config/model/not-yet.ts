/** A key that the file may have one day, and that nothing keeps its promise of in this version. */
export interface NotYet {
  /** The key; `[]` is any position in a list. */
  readonly path: string;
  /** What is missing. */
  readonly missing: string;
  /** What to write until then. */
  readonly instead: string;
  /** When the key may be there all the same. */
  readonly unless?: 'its addresses are named';
  /** Whether `serve` keeps its promise all the same, on the machine that it runs on. */
  readonly served?: true;
}

/**
 * The keys that are refused because they would do nothing: a configuration that asks for something and silently doesn't
 * get it is a broken promise. Who builds the missing part deletes its row.
 */
export const NOT_YET: readonly NotYet[] = [
  {
    path: 'models[].destinations[].openai',
    missing: 'the deployed network has no way out, so the gateway in it reaches no host of OpenAI',
    instead: "take it out, or run it with 'eu-residency serve'",
    served: true,
  },
  {
    path: 'models[].destinations[].server',
    missing: 'a deployed gateway may connect to addresses that are named only',
    instead: "name the server's ranges with 'addresses', such as [10.0.3.0/24], within those of the network",
    unless: 'its addresses are named',
    served: true,
  },
];

/** The kinds of models that the gateway can call; a model whose kind the facts don't know counts as `text`. */
export const SERVED_KINDS: readonly string[] = ['text', 'safeguard', 'embedding'];

/** Models of a served kind that the gateway can't call all the same, with what they are for. */
export const UNSERVED_MODELS: ReadonlyMap<string, string> = new Map([
  ['amazon.titan-embed-image-v1', 'embedding of images'],
]);
