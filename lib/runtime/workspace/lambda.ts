import { namesOfGroups } from '../../contract/courses';
import { policyText } from '../aws/deployed-policy';
import { bedrockEndpoints } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { createGateway } from '../gateway/app';
import { Bedrock } from '../gateway/bedrock/bedrock';
import { deployedProviders } from '../gateway/deployed-providers';
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
import { deployedQueue } from './deployed-queue';
import { deployedStores } from './deployed-stores';
import { deployedDirectory, deployedMembers } from './identity/deployed-members';
import { deployedSuspensions } from './identity/deployed-suspensions';
import { jobHandler } from './job-handler';
import { jobWorker, limitsOfJobs } from './job-worker';
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
// Where SCIM decides, it says in which groups a member is at any time.
const budgetGroups = deployed.identity?.scim ? undefined : namesOfGroups(deployed.groups, deployed.courses);
const keys = memberKeys && deployedKeys(policy, deployed, memberKeys, budgetGroups, stores, process.env);
const background = deployedQueue(policy, process.env);
const providers = deployedProviders(policy, process.env);
const parts = {
  policy,
  upstream,
  providers,
  servers: deployedServers(policy, upstream, process.env),
  content: storedContent({
    ...stores,
    background,
    budgetGroups,
    window: { tokens: deployed.limits?.windowTokens },
    memberKeys: keys?.options,
  }),
  link: links.link,
  usage: limits.usage,
};
const members = deployedMembers(policy.boundary, deployed.identity, process.env, {
  withGroups: true,
  seen: keys?.signIns.record,
});
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
  await Promise.all([
    limits.settled(),
    months.settled(),
    links.settled(),
    keys?.signIns.settled(),
    providers?.settled(),
  ]);
});

/** Runs the jobs of a workspace's members. The gateway's function never makes it. */
let working: ReturnType<typeof jobHandler> | undefined;

function toWorking(): ReturnType<typeof jobHandler> {
  const suspensions = deployedSuspensions(policy.boundary, process.env);
  if (background === undefined || suspensions === undefined) {
    throw new Error(
      "the worker doesn't start, because 'JOB_QUEUE_TABLE_ARN' and 'SUSPENSIONS_TABLE_ARN' must name its tables; deploy it again",
    );
  }
  // Lambda wraps the lines of console.log in JSON, in which CloudWatch finds no metrics.
  const log = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const ofJobs = deployedLimits(policy, deployed, process.env, limitsOfJobs);
  const worker = jobWorker({
    policy,
    upstream,
    servers: parts.servers,
    providers,
    content: parts.content,
    queue: background.queue,
    suspensions,
    directory: deployed.identity && deployedDirectory(policy.boundary, deployed.identity, process.env, true),
    stillValid: keys?.stillValid,
    counting: [ofJobs.middleware, months.middleware],
    link: links.link,
    log,
  });
  return jobHandler({
    worker,
    tenant: policy.tenant.ids[0] ?? '',
    log,
    settled: async () =>
      void (await Promise.all([ofJobs.settled(), months.settled(), links.settled(), providers?.settled()])),
  });
}

/** Runs the jobs that the queue names, as their members. */
export const work = (...args: Parameters<ReturnType<typeof jobHandler>>): Promise<void> => {
  working ??= toWorking();
  return working(...args);
};
