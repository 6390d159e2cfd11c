import { parseArn } from '../../../boundary/arn-parts';
import { ResidencyBoundary } from '../../../boundary/boundary';
import type { ActorVariables, JobsFunction, RightsAdminVariables } from '../../../contract/environment';
import type { RightsPolicy } from '../../../contract/policies/rights-policy';
import { rightsSchema } from '../../../contract/schemas/rights-schema';
import { deployedPolicy } from '../../aws/deployed-policy';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { roleCredentials } from '../../aws/role-credentials';
import { sfnClient } from '../../aws/sfn-client';
import { crossOrigin } from '../../http/handler/cross-origin';
import { lambdaHandler } from '../../http/handler/lambda-handler';
import { writeLine } from '../../settings/settings-log';
import { deployedMembers } from '../../workspace/identity/deployed-members';
import { roleForRights } from '../api/own-path';
import { rightsApi } from '../api/rights-api';
import { RightsDecisions } from '../decisions/rights-decisions';
import { decisionDuringWait } from '../jobs/decision-during-wait';
import { isAnnounced, type Job } from '../jobs/job';
import { JobRunner } from '../jobs/job-runner';
import { type Actor, nextOf } from '../jobs/step-actors';
import { stepsOf } from '../steps/actor-steps';
import type { PartsOf } from '../steps/parts';
import { deployedRoles } from './deployed-roles';
import { Executions } from './executions';
import { noticeLine } from './notice-line';
import { operatorHandler } from './operator-handler';
import { decisionParts, partsOfActor } from './parts-of-actor';
import { resumeJobsHandler } from './resume-jobs';
import { stepHandler } from './step-handler';
import { workspaceDeleterHandler } from './workspace-deleter-handler';

/** The variables of all functions of rights. */
type Variables = EnvironmentOf<RightsAdminVariables & ActorVariables>;

/**
 * The functions of rights by their names in the stacks: one serves administrators, one an operator, one resumes jobs, and
 * the others run steps.
 */
export const rightsFunctions = (environment: Variables) => {
  const policy = () => deployedPolicy(rightsSchema, 'rights', environment);
  return {
    admin: () => administration(policy(), environment),
    tend: () => jobResumption(policy(), environment),
    confirm: () => operatorConfirmation(policy(), environment),
    witness: () => steps(policy(), environment, 'witness'),
    eraser: () => steps(policy(), environment, 'eraser'),
    exporter: () => steps(policy(), environment, 'exporter'),
    closer: () => workspaceDeleter(policy(), environment),
    'recovery-witness': () => steps(policy(), environment, 'recovery-witness'),
    'recovery-eraser': () => steps(policy(), environment, 'recovery-eraser'),
  } satisfies Partial<Record<JobsFunction, () => unknown>>;
};

const runnerOf = <A extends Actor>(actor: A, parts: PartsOf[A]): JobRunner =>
  new JobRunner(parts.table, stepsOf(actor, parts), parts.now);

function steps<A extends Actor>(policy: RightsPolicy, environment: Variables, actor: A) {
  const runner = runnerOf(actor, partsOfActor(policy, environment, actor));
  return stepHandler({ runner, actor, workspace: policy.workspace, log: writeLine });
}

function workspaceDeleter(policy: RightsPolicy, environment: Variables) {
  const parts = partsOfActor(policy, environment, 'closer');
  return workspaceDeleterHandler({ ...parts, runner: runnerOf('closer', parts), log: writeLine });
}

function administration(policy: RightsPolicy, environment: Variables) {
  const roles = deployedRoles(policy, environment);
  const rights = new RightsDecisions({ ...decisionParts(policy, environment), roles });
  const machine = executions(policy, environment);
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const tenant = { kind: 'workspace' as const, ids: [policy.workspace] };
  const apiPolicy = { boundary, keepsContent: true, tenant };
  const middleware = [
    crossOrigin(policy.corsOrigins),
    deployedMembers(boundary, policy.identity, environment, { roleFor: roleForRights }),
  ];
  const onJob = async (job: Job) => {
    if (isAnnounced(job)) notify(policy);
    await machine.begin(nextOf(job, new Date()), decisionDuringWait(job));
  };
  return lambdaHandler(rightsApi({ policy: apiPolicy, middleware, rights, onJob }), async () => {});
}

function jobResumption(policy: RightsPolicy, environment: Variables) {
  const rights = new RightsDecisions(decisionParts(policy, environment));
  const responder = { boundary: policy.boundary, region: environment.AWS_REGION ?? '' };
  return resumeJobsHandler({
    rights,
    executions: executions(policy, environment),
    responder,
    notify: () => notify(policy),
    log: writeLine,
  });
}

/** The function that no role of the deployment may run: IAM lets an operator run it. */
function operatorConfirmation(policy: RightsPolicy, environment: Variables) {
  const roles = deployedRoles(policy, environment);
  const rights = new RightsDecisions({ ...decisionParts(policy, environment), roles });
  const machine = executions(policy, environment);
  return operatorHandler({
    rights,
    begin: (job) => machine.begin(nextOf(job, new Date()), decisionDuringWait(job)),
    log: writeLine,
  });
}

/** Raises the alarm by which a deployment's recipients of alerts learn of a job that can be cancelled. */
const notify = ({ workspace }: RightsPolicy): void => writeLine(noticeLine(workspace, new Date()));

function executions({ boundary }: RightsPolicy, environment: Variables): Executions {
  const arn = environment.STATE_MACHINE_ARN ?? '';
  const region = parseArn(arn)?.region ?? '';
  const endpoint = storeEndpoint(ResidencyBoundary.parse(boundary), 'states', region, environment);
  return new Executions(
    sfnClient(region, endpoint, () => roleCredentials(environment)),
    arn,
  );
}
