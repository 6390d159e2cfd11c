import { policyText } from '../aws/deployed-policy';
import { bedrockEndpoints } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { createGateway } from './app';
import { Bedrock } from './bedrock/bedrock';
import { deployedAccess } from './deployed-access';
import { deployedServers } from './deployed-servers';
import { freshness } from './freshness/freshness';
import { parsePolicy } from './policy/policy';
import { admit, sourceRegions } from './policy/serving';
import { lambdaHandler } from './request/lambda-handler';

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
