import { EGRESS_ALIASES } from '../../contract/egress';
import type { EgressVariables } from '../../contract/environment';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import type { Bedrock } from './bedrock/bedrock';
import { EgressClient } from './egress/egress-client';
import { OpenAiServers } from './openai/openai-servers';
import type { Servers } from './openai/servers';
import type { Egress } from './openai/transport';
import type { AdmittedPolicy } from './policy/admitted-policy';

/**
 * The client of destinations by OpenAI's protocol. A deployed gateway has neither a route to providers outside AWS nor a key for them: the egress
 * function calls them.
 *
 * @throws if the policy has such a destination, and the environment doesn't name the function
 */
export function deployedServers(
  policy: AdmittedPolicy,
  bedrock: Bedrock,
  environment: EnvironmentOf<EgressVariables>,
): Servers {
  const outside = [...policy.models.values()].flat().find(({ provider }) => !['bedrock', 'vpc'].includes(provider));
  if (outside === undefined) return new OpenAiServers({ bedrock });
  return new OpenAiServers({ bedrock, egress: deployedEgress(policy, outside.id, environment) });
}

/** A function without an alias: its name, or its ARN with the Region. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const FUNCTION_ARN = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:[A-Za-z0-9_-]{1,64}$/;

function deployedEgress(
  { boundary, tenant }: AdmittedPolicy,
  destination: string,
  environment: EnvironmentOf<EgressVariables>,
): Egress {
  const { EGRESS_FUNCTION: functionName = '', AWS_REGION } = environment;
  const region = FUNCTION_ARN.exec(functionName)?.[1] ?? (NAME.test(functionName) ? AWS_REGION : undefined);
  if (region === undefined) {
    throw new Error(
      `the gateway doesn't start, because it calls '${destination}' through the egress function, which 'EGRESS_FUNCTION' must name; deploy it again`,
    );
  }
  const client = new EgressClient({
    region,
    endpoint: storeEndpoint(boundary, 'lambda', region, environment),
    functionName,
    alias: EGRESS_ALIASES[tenant.kind],
    credentials: () => roleCredentials(environment),
  });
  return (request, signal) => client.call(request, signal);
}
