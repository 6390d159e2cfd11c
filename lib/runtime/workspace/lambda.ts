import { policyText } from '../aws/deployed-policy';
import { bedrockEndpoints } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { createGateway } from '../gateway/app';
import { Bedrock } from '../gateway/bedrock/bedrock';
import { deployedServers } from '../gateway/deployed-servers';
import { admitPolicy, sourceRegions } from '../gateway/policy/admitted-policy';
import { withGuardrailArns } from '../gateway/policy/guardrails';
import { logAdmissions } from '../gateway/policy/log-admissions';
import { parsePolicy } from '../gateway/policy/policy';
import { crossOrigin } from '../http/handler/cross-origin';
import { lambdaHandler } from '../http/handler/lambda-handler';
import { monitoringNotice } from '../http/handler/monitoring-notice';
import { storedContent } from './content';
import { deployedLimits } from './deployed-limits';
import { deployedLinks } from './deployed-links';
import { deployedMonths } from './deployed-months';
import { deployedStores } from './deployed-stores';
import { deployedMembers } from './identity/deployed-members';

const deployed = withGuardrailArns(parsePolicy(policyText(process.env)), process.env.GUARDRAILS);
const policy = admitPolicy(deployed);
if (policy.tenant.kind !== 'workspace') {
  throw new Error("policy.json: 'tenant' is no workspace, and projects have another bundle; deploy it again");
}
logAdmissions(policy);
const endpoints = bedrockEndpoints(policy.boundary, sourceRegions(policy), process.env);
const upstream = new Bedrock({ endpoints, credentials: () => roleCredentials(process.env) });
const limits = deployedLimits(policy, deployed, process.env);
const months = deployedMonths(policy, deployed, process.env);
const links = deployedLinks(policy, process.env);
const middleware = [
  crossOrigin(deployed.corsOrigins ?? []),
  monitoringNotice(deployed.monitoring?.perMember),
  deployedMembers(policy.boundary, deployed.identity, process.env, undefined, deployed.monitoring?.groups),
  limits.middleware,
  months.middleware,
];
const content = storedContent({
  ...deployedStores(policy, process.env),
  window: { tokens: deployed.limits?.windowTokens },
});

/** Serves the requests of a workspace's members. */
export const handler = lambdaHandler(
  createGateway({
    policy,
    upstream,
    servers: deployedServers(policy, upstream),
    middleware,
    content,
    link: links.link,
  }),
  async () => void (await Promise.all([limits.settled(), months.settled(), links.settled()])),
);
