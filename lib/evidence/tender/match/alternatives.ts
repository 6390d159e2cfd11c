/** What a requirement with a choice asks for. */
export interface Alternatives {
  readonly first: string;
  readonly second: string;
}

const CHOICE = /\b(?:either\b([^.;?!]+?)\bor|entweder\b([^.;?!]+?)\boder|soit\b([^.;?!]+?)\bsoit)\b([^.;?!]+)/iu;

/**
 * The two sides of "either ... or", "entweder ... oder" or "soit ... soit". A lone "or" is none: in most requirements it joins things
 * that are all asked for.
 */
export function alternativesOf(requirement: string): Alternatives | undefined {
  const [, english, german, french, second] = CHOICE.exec(requirement) ?? [];
  const first = english ?? german ?? french;
  return first === undefined || second === undefined ? undefined : { first, second };
}
