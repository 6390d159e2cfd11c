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
import { writeLine } from '../../settings/provider-log';
import { deployedMembers } from '../../workspace/identity/deployed-members';
import { rightsAdmin } from '../admin';
import type { Actor, Job } from '../job';
import { Rights } from '../rights';
import { closerHandler } from './closer-handler';
import { rightsOfActor, rightsOfDecider } from './deployed-rights';
import { Executions } from './executions';
import { stepHandler } from './step-handler';
import { createTending } from './tend';

/** What a function of rights may be given: what administration and every actor is. */
type Variables = EnvironmentOf<RightsAdminVariables & ActorVariables>;

/** The functions of rights by the names that their stacks call them: who serves administrators, does steps of jobs, or has jobs go on. */
export const rightsFunctions = (environment: Variables) => {
  const told = () => deployedPolicy(rightsSchema, 'rights', environment);
  return {
    admin: () => administration(told(), environment),
    tend: () => tending(told(), environment),
    witness: () => steps(told(), environment, 'witness'),
    eraser: () => steps(told(), environment, 'eraser'),
    exporter: () => steps(told(), environment, 'exporter'),
    closer: () => closer(told(), environment),
    'recovery-witness': () => steps(told(), environment, 'recovery-witness'),
    'recovery-eraser': () => steps(told(), environment, 'recovery-eraser'),
  } satisfies Partial<Record<JobsFunction, () => unknown>>;
};

function steps(policy: RightsPolicy, environment: Variables, actor: Actor) {
  return stepHandler({ rights: new Rights(rightsOfActor(policy, environment, actor)), actor, log: writeLine });
}

function closer(policy: RightsPolicy, environment: Variables) {
  const options = rightsOfActor(policy, environment, 'closer');
  return closerHandler({ ...options, rights: new Rights(options), log: writeLine });
}

function administration(policy: RightsPolicy, environment: Variables) {
  const rights = new Rights(rightsOfDecider(policy, environment));
  const machine = executions(policy, environment);
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const tenant = { kind: 'workspace' as const, ids: [policy.workspace] };
  const apiPolicy = { boundary, keepsContent: true, tenant };
  const middleware = [
    crossOrigin(policy.corsOrigins),
    deployedMembers(boundary, policy.identity, environment, () => 'admin'),
  ];
  // An export that is released has an execution already, which waits for its end.
  const begun = (job: Job) => machine.begin(rights.next(job), job.step === 'hand-over' ? 'released' : undefined);
  return lambdaHandler(rightsAdmin({ policy: apiPolicy, middleware, rights, begun }), async () => {});
}

function tending(policy: RightsPolicy, environment: Variables) {
  const rights = new Rights(rightsOfDecider(policy, environment));
  const responder = { boundary: policy.boundary, region: environment.AWS_REGION ?? '' };
  return createTending({ rights, executions: executions(policy, environment), responder, log: writeLine });
}

function executions({ boundary }: RightsPolicy, environment: Variables): Executions {
  const arn = environment.STATE_MACHINE_ARN ?? '';
  const region = parseArn(arn)?.region ?? '';
  const endpoint = storeEndpoint(ResidencyBoundary.parse(boundary), 'states', region, environment);
  return new Executions(
    sfnClient(region, endpoint, () => roleCredentials(environment)),
    arn,
  );
}
