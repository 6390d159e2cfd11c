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
import { deployedKeys } from './deployed-keys';
import { deployedLimits } from './deployed-limits';
import { deployedLinks } from './deployed-links';
import { deployedMonths } from './deployed-months';
import { deployedStores } from './deployed-stores';
import { deployedMembers } from './identity/deployed-members';
import { withKeyTree } from './keys/key-tree';

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
const stores = deployedStores(policy, process.env);
const { memberKeys } = deployed;
const keys = memberKeys && deployedKeys(policy, deployed.identity, memberKeys, stores, process.env);
const parts = {
  policy,
  upstream,
  servers: deployedServers(policy, upstream),
  content: storedContent({
    ...stores,
    window: { tokens: deployed.limits?.windowTokens },
    memberKeys: keys?.options,
  }),
  link: links.link,
};
const members = deployedMembers(policy.boundary, deployed.identity, process.env, undefined, keys?.signIns.record);
const notice = monitoringNotice(deployed.monitoring?.perMember);
const counting = [limits.middleware, months.middleware];
const tokens = createGateway({
  ...parts,
  middleware: [crossOrigin(deployed.corsOrigins ?? []), notice, members, ...counting],
});
// Keys aren't for pages, so no origin may read these answers.
const api = keys
  ? withKeyTree(tokens, () => createGateway({ ...parts, middleware: [notice, keys.middleware, ...counting] }))
  : tokens;

/** Serves the requests of a workspace's members. */
export const handler = lambdaHandler(api, async () => {
  await Promise.all([limits.settled(), months.settled(), links.settled(), keys?.signIns.settled()]);
});
