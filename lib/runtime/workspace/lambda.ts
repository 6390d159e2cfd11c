import { createGateway } from '../gateway/app';
import { Bedrock } from '../gateway/bedrock';
import { policyText } from '../gateway/deployed-policy';
import { deployedServers } from '../gateway/deployed-servers';
import { bedrockEndpoints } from '../gateway/endpoint';
import { lambdaHandler } from '../gateway/lambda-handler';
import { parsePolicy } from '../gateway/policy';
import { roleCredentials } from '../gateway/role-credentials';
import { admit, sourceRegions } from '../gateway/serving';
import { storedContent } from './content/content';
import { deployedLimits } from './deployed-limits';
import { deployedStores } from './deployed-stores';
import { crossOrigin } from './identity/cross-origin';
import { deployedMembers } from './identity/deployed-members';

const policy = parsePolicy(policyText(process.env));
const serving = admit(policy);
if (serving.tenant.kind !== 'workspace') {
  throw new Error("policy.json: 'tenant' is no workspace, and projects have another bundle; deploy it again");
}
const endpoints = bedrockEndpoints(serving.boundary, sourceRegions(serving), process.env);
const upstream = new Bedrock({ endpoints, credentials: () => roleCredentials(process.env) });
const limits = deployedLimits(serving, policy, process.env);
const middleware = [
  crossOrigin(policy.corsOrigins ?? []),
  deployedMembers(serving, policy, process.env),
  limits.middleware,
];
const content = storedContent({
  ...deployedStores(serving, process.env),
  window: { tokens: policy.limits?.windowTokens },
});

/** Serves the requests of a workspace's members. */
export const handler = lambdaHandler(
  createGateway({ serving, upstream, servers: deployedServers(serving), middleware, content }),
  () => limits.settled(),
);
