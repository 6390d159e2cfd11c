import type { AnyDestination, ServerDestination } from './server';

/** The provider of a destination, by its ID in headers and records. An ID of Bedrock has no name before a slash: its ARNs have a colon there. */
export function providerOf(id: string): AnyDestination['provider'] {
  const name = /^([a-z][a-z0-9-]*)\//.exec(id)?.[1];
  if (name === undefined) return 'bedrock';
  return name === 'openai' || name === 'vpc' ? name : 'external';
}

/** The name by which a provider of models is taken out of use, by a destination's ID: declared providers begin it with their own name. */
export function providerNameOf(id: string): string {
  const provider = providerOf(id);
  return provider === 'external' ? (id.split('/')[0] ?? '') : provider;
}

/** Whether a destination is at a host outside AWS and outside the deployment's network, which a deployment reaches by its egress only. */
export const isOutsideAws = (destination: AnyDestination): destination is ServerDestination =>
  destination.provider === 'openai' || destination.provider === 'external';
