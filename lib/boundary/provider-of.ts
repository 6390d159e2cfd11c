import type { AnyDestination } from './server';

/** The provider of a destination, by its ID in headers and records. An ID of Bedrock has no slash, and any other ID counts as one. */
export function providerOf(id: string): AnyDestination['provider'] {
  if (id.startsWith('openai/')) return 'openai';
  return id.startsWith('vpc/') ? 'vpc' : 'bedrock';
}
