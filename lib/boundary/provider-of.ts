import type { AnyDestination } from './server';

/** The provider of a destination, by its ID in headers and records. An ID of Bedrock has no name before a slash: its ARNs have a colon there. */
export function providerOf(id: string): AnyDestination['provider'] {
  const name = /^([a-z][a-z0-9-]*)\//.exec(id)?.[1];
  if (name === undefined) return 'bedrock';
  return name === 'openai' || name === 'vpc' ? name : 'external';
}
