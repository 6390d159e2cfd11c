import { factsOf } from '../../boundary/facts-of';
import { decideProvider } from '../../boundary/provider';
import type { EgressRequest } from '../../contract/egress';
import type { EgressProvider } from '../../contract/policies/egress-policy';
import type { TenantKind } from '../../contract/tenant';
import type { AdmittedEgress } from './policy';
import { Refusal } from './refusal';

/** What may be called, by the decision of this function. */
export interface Target {
  readonly provider: EgressProvider;
  /** The whole name of the host. */
  readonly host: string;
  /** The path below which the provider's API is. */
  readonly basePath: string;
  /** The header that carries the key. */
  readonly keyHeader: 'authorization' | 'api-key';
}

/**
 * Decides on a request again, by the function's own policy and facts: that the provider, the model and the kind of tenant belong together, and
 * that the model is inside the boundary.
 *
 * @throws Refusal with the reason
 */
export function decideAgain(
  { boundary, euOwnedOnly, providers }: AdmittedEgress,
  { provider: name, model, kind }: Pick<EgressRequest, 'provider' | 'model' | 'kind'>,
  tenant: TenantKind,
): Target {
  const provider = providers.get(name);
  if (provider === undefined) throw new Refusal('the policy has no such provider');
  const allowed = provider.models.find((one) => one.model === model && one.kind === kind);
  if (allowed === undefined) throw new Refusal("the policy doesn't have this model of the provider");
  if (tenant === 'project' && !allowed.servesProjects)
    throw new Refusal("the policy doesn't let projects use this model");
  const decision = decideProvider(boundary, provider, allowed, { keepsContent: tenant === 'workspace', euOwnedOnly });
  if (!decision.inside) throw new Refusal(`it isn't inside: ${decision.detail}`);
  if (decision.destination.kind !== kind) throw new Refusal('the model is of another kind by the facts');
  const { protocol, port, hostname, pathname, search, username } = new URL(decision.destination.baseUrl);
  const fact = factsOf(boundary).service(provider.service);
  if (protocol !== 'https:' || port !== '' || search !== '' || username !== '' || fact === undefined) {
    throw new Refusal("the facts don't have the URL of its API");
  }
  return { provider, host: hostname, basePath: pathname.replace(/\/$/, ''), keyHeader: fact.keyHeader };
}
