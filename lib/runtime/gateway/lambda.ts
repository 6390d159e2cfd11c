import { createGateway } from './app';
import { Bedrock } from './bedrock';
import { deployedAccess } from './deployed-access';
import { policyText } from './deployed-policy';
import { deployedServers } from './deployed-servers';
import { bedrockEndpoints } from './endpoint';
import { freshness } from './freshness/freshness';
import { lambdaHandler } from './lambda-handler';
import { parsePolicy } from './policy';
import { roleCredentials } from './role-credentials';
import { admit, sourceRegions } from './serving';

const policy = parsePolicy(policyText(process.env));
const serving = admit(policy);
if (serving.tenant.kind !== 'project') {
  throw new Error("policy.json: 'tenant' is a workspace, whose gateway is another bundle; deploy it again");
}
const endpoints = bedrockEndpoints(serving.boundary, sourceRegions(serving), process.env);
const credentials = () => roleCredentials(process.env);
const access = deployedAccess(serving, process.env);
const upstream = new Bedrock({ endpoints, credentials });
const middleware = [...access.middleware, ...freshness(serving, policy, process.env)];

/** Serves the requests of projects. */
export const handler = lambdaHandler(
  createGateway({ serving, upstream, servers: deployedServers(serving), middleware }),
  access.settled,
);
