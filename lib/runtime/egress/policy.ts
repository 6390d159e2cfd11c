import { ResidencyBoundary } from '../../boundary/boundary';
import { withLayers } from '../../boundary/facts-of';
import type { EgressPolicy, EgressProvider } from '../../contract/policies/egress-policy';

/** A policy whose boundary is known. Its models are decided on with each request. */
export interface AdmittedEgress {
  readonly boundary: ResidencyBoundary;
  readonly euOwnedOnly: boolean;
  readonly providers: ReadonlyMap<string, EgressProvider>;
}

/** @throws if the boundary can't be read, or two providers have one name */
export function admitEgress({ boundary, facts, euOwnedOnly = false, providers }: EgressPolicy): AdmittedEgress {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  if (byName.size !== providers.length) {
    throw new Error("policy.json: two of its 'providers' have one name; deploy the egress function again");
  }
  return { boundary: withLayers(ResidencyBoundary.parse(boundary), facts), euOwnedOnly, providers: byName };
}
