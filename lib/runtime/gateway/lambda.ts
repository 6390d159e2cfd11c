import { policyText } from '../aws/deployed-policy';
import { bedrockEndpoints } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { lambdaHandler } from '../http/handler/lambda-handler';
import { createGateway } from './app';
import { Bedrock } from './bedrock/bedrock';
import { deployedAccess } from './deployed-access';
import { deployedProviders } from './deployed-providers';
import { deployedServers } from './deployed-servers';
import { freshness } from './freshness/freshness';
import { admitPolicy, sourceRegions } from './policy/admitted-policy';
import { withGuardrailArns } from './policy/guardrails';
import { logAdmissions } from './policy/log-admissions';
import { parsePolicy } from './policy/policy';

const deployed = withGuardrailArns(parsePolicy(policyText(process.env)), process.env.GUARDRAILS);
const policy = admitPolicy(deployed);
if (policy.tenant.kind !== 'project') {
  throw new Error("policy.json: 'tenant' is a workspace, which needs the workspace bundle; deploy the gateway again");
}
logAdmissions(policy);
const endpoints = bedrockEndpoints(policy.boundary, sourceRegions(policy), process.env);
const credentials = () => roleCredentials(process.env);
const access = deployedAccess(policy, process.env);
const upstream = new Bedrock({ endpoints, credentials });
const providers = deployedProviders(policy, process.env);
const middleware = [...access.middleware, ...freshness(policy, deployed, process.env)];

/** Serves the requests of projects. */
export const handler = lambdaHandler(
  createGateway({
    policy,
    upstream,
    servers: deployedServers(policy, upstream, process.env),
    providers,
    middleware,
    usage: access.usage,
  }),
  async () => void (await Promise.all([access.settled(), providers?.settled()])),
);
