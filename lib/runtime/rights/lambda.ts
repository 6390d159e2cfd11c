import { parseArn } from '../../boundary/arn-parts';
import { ResidencyBoundary } from '../../boundary/boundary';
import { storeEndpoint } from '../gateway/endpoint';
import { lambdaHandler, policyText } from '../gateway/lambda-handler';
import { roleCredentials } from '../gateway/role-credentials';
import { writeLine } from '../provider/provider-log';
import { crossOrigin } from '../workspace/identity/cross-origin';
import { deployedMembers } from '../workspace/identity/deployed-members';
import { rightsAdmin } from './admin';
import { closerHandler } from './closer-handler';
import { rightsOfActor, rightsOfDecider } from './deployed-rights';
import { Executions } from './executions';
import type { Actor, Job } from './job';
import { parseRightsPolicy } from './policy';
import { Rights } from './rights';
import { sfnClient } from './sfn-client';
import { stepHandler } from './step-handler';
import { createTending } from './tend';

const policy = parseRightsPolicy(policyText(process.env));
const boundary = ResidencyBoundary.parse(policy.boundary);

/** One bundle for all functions of rights. Which one this is decides what it is made of, and its role what it may do. */
const FUNCTIONS = {
  admin: () => administration(),
  tend: () => tending(),
  witness: () => steps('witness'),
  eraser: () => steps('eraser'),
  exporter: () => steps('exporter'),
  closer: () => closer(),
  'recovery-witness': () => steps('recovery-witness'),
  'recovery-eraser': () => steps('recovery-eraser'),
};

const name = process.env.RIGHTS_FUNCTION ?? '';
const make = Object.entries(FUNCTIONS).find(([known]) => known === name)?.[1];
if (make === undefined) {
  throw new Error(
    `'RIGHTS_FUNCTION' must be one of ${Object.keys(FUNCTIONS).join(', ')}, got '${name}'; deploy the function anew`,
  );
}

/** Serves administrators, does steps of jobs, or sees that jobs go on. */
export const handler = make();

function steps(actor: Actor) {
  return stepHandler({ rights: new Rights(rightsOfActor(policy, process.env, actor)), actor, log: writeLine });
}

function closer() {
  const options = rightsOfActor(policy, process.env, 'closer');
  return closerHandler({ ...options, rights: new Rights(options), log: writeLine });
}

function administration() {
  const rights = new Rights(rightsOfDecider(policy, process.env));
  const machine = executions();
  const tenant = { kind: 'workspace' as const, ids: [policy.workspace] };
  const serving = { boundary, keepsContent: true, tenant, models: new Map(), projects: new Map() };
  const middleware = [crossOrigin(policy.corsOrigins), deployedMembers(serving, policy, process.env, () => 'admin')];
  // An export that is released has an execution already, which waits for its end.
  const begun = (job: Job) => machine.begin(rights.next(job), job.step === 'hand-over' ? 'released' : undefined);
  return lambdaHandler(rightsAdmin({ serving, middleware, rights, begun }), async () => {});
}

function tending() {
  const rights = new Rights(rightsOfDecider(policy, process.env));
  const responder = { boundary: policy.boundary, region: process.env.AWS_REGION ?? '' };
  return createTending({ rights, executions: executions(), responder, log: writeLine });
}

function executions(): Executions {
  const arn = process.env.STATE_MACHINE_ARN ?? '';
  const region = parseArn(arn)?.region ?? '';
  const endpoint = storeEndpoint(boundary, 'states', region, process.env);
  return new Executions(
    sfnClient(region, endpoint, () => roleCredentials(process.env)),
    arn,
  );
}
