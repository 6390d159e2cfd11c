import { policyText } from '../aws/deployed-policy';
import { bedrockEndpoints } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { createGateway } from '../gateway/app';
import { Bedrock } from '../gateway/bedrock/bedrock';
import { deployedServers } from '../gateway/deployed-servers';
import { parsePolicy } from '../gateway/policy/policy';
import { admit, sourceRegions } from '../gateway/policy/serving';
import { crossOrigin } from '../gateway/request/cross-origin';
import { lambdaHandler } from '../gateway/request/lambda-handler';
import { storedContent } from './content';
import { deployedLimits } from './deployed-limits';
import { deployedStores } from './deployed-stores';
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
