import { ABSENT, AnyValue, type Context } from '../calls/row';
import { evaluate, type Request, type Verdict } from '../evaluator/evaluator';
import type { Account, DeployedFunction, NamedPolicy } from './account';
import type { Call } from './call';
import { hasNoResource, listOf } from './pattern';
import type { Json } from './physical';
import { keysOf, reaches } from './reached';

/** Where a call is made from: through the endpoints of the VPC, or from elsewhere. */
export type From = 'inside' | 'outside';

/** A question to the evaluator: may this function make this call from there? */
export interface Question {
  readonly fn: DeployedFunction;
  readonly call: Call;
  readonly from: From;
  /** Condition keys that replace those of the call. */
  readonly changed?: Context;
}

/** The organization that an account belongs to, as far as it decides on calls. */
export interface Around {
  readonly scps: readonly NamedPolicy[];
  readonly rcps: readonly NamedPolicy[];
  /** The permissions boundary of every role. */
  readonly boundary: NamedPolicy;
  /** Condition keys that only the organization's policies have. */
  readonly contextOf: (question: Question) => Context;
}

/** The answer, with what the call would have met. */
export interface Answer extends Question {
  readonly isAllowed: boolean;
  /** Why it couldn't be evaluated, or why its answer isn't to be trusted. */
  readonly problem?: string;
}

/** A concrete ARN for a pattern. */
function sampleOf(on: string): string {
  // Actions without resources are asked for any resource.
  if (hasNoResource(on)) return '*';
  return on
    .replace(/^(.*:log-group:.*:)\*$/, '$1log-stream:sample')
    .replace(/^(.*:ec2:.*:)\*\/\*$/, '$1network-interface/sample')
    .replaceAll('*', 'sample');
}

/**
 * Asks the evaluator. A call from inside the VPC needs an endpoint of its service.
 *
 * @param around by default, the account is in no organization
 */
export function ask(account: Account, questions: readonly Question[], around?: Around): Answer[] {
  const policies: Record<string, Json> = {};
  const register = ({ name, policy }: NamedPolicy, kind: string) => {
    const id = `${kind} ${name}`;
    policies[id] = policy;
    return id;
  };
  const prepared = questions.map((question) => {
    const { fn, call } = question;
    const resource = resourcePolicyOf(account, call.on);
    const endpoint = question.from === 'inside' && isInside(call) ? endpointOf(account, call) : undefined;
    const policy = endpoint === 'missing' ? undefined : endpoint;
    const context = { ...around?.contextOf(question), ...contextOf(question) };
    const boundary = around?.boundary ?? fn.role.boundary;
    const deciding = [
      ...fn.role.policies,
      ...listOf(boundary),
      ...listOf(resource),
      ...listOf(policy),
      ...(around?.scps ?? []),
      ...(around?.rcps ?? []),
    ];
    const request: Request = {
      principal: fn.role.arn,
      account: fn.account,
      action: call.action,
      resource: sampleOf(call.on),
      context: Object.fromEntries(
        Object.entries(context).flatMap(([key, value]): [string, string | readonly string[]][] =>
          value === ABSENT ? [] : [[key, value instanceof AnyValue ? value.sample : value]],
        ),
      ),
      identity: fn.role.policies.map((one) => register(one, 'role')),
      ...(resource && { resourcePolicy: register(resource, 'resource') }),
      ...(policy && { endpoint: register(policy, 'endpoint') }),
      ...(boundary && { boundary: register(boundary, 'boundary') }),
      ...(around && {
        scps: around.scps.map((one) => register(one, 'scp')),
        rcps: around.rcps.map((one) => register(one, 'rcp')),
      }),
    };
    return { question, request, isReachable: endpoint !== 'missing', context, deciding };
  });
  const verdicts = evaluate(
    policies,
    prepared.map(({ request }) => request),
  );
  return prepared.map(({ question, request, isReachable, context, deciding }, nth) => {
    const verdict = verdicts[nth] as Verdict;
    return {
      ...question,
      isAllowed: isReachable && verdict.result === 'Allowed',
      problem: problemOf(verdict, keysOfReached(deciding, request), context),
    };
  });
}

function problemOf({ error, ignored }: Verdict, keys: readonly string[], context: Context): string | undefined {
  if (error !== undefined) return error;
  const names = new Map(Object.keys(context).map((key) => [key.toLowerCase(), key]));
  const unset = keys.find((key) => !names.has(key.toLowerCase()));
  if (unset !== undefined)
    return `a statement that it reaches has the condition key ${unset}; set it in the row, or ABSENT`;
  const lost = ignored.find((key) => keys.some((one) => one.toLowerCase() === key.toLowerCase()));
  return lost && `the evaluator ignores the condition key ${lost}, which a statement that it reaches has`;
}

/** The condition keys of every statement that applies to a request but for its conditions. */
const keysOfReached = (policies: readonly NamedPolicy[], { principal, action, resource }: Request): string[] =>
  policies
    .flatMap(({ policy }) => listOf<Json>(policy.Statement))
    .filter((one) => concerns(one.Principal, principal) && reaches(one, action, resource))
    .flatMap(keysOf);

function concerns(principal: Json, arn: string): boolean {
  if (principal === undefined || principal === '*') return true;
  const account = arn.split(':')[4] ?? '';
  return listOf<string>(principal.AWS).some(
    (one) => ['*', arn, account].includes(one) || one === arn.replace(/:role\/.*/, ':root'),
  );
}

/** The keys that every request has, those that requests of a kind never have here, and those of the call. */
function contextOf({ fn, call, changed }: Question): Context {
  return {
    'aws:PrincipalArn': fn.role.arn,
    'aws:PrincipalAccount': fn.account,
    'aws:ResourceAccount': fn.account,
    'aws:SecureTransport': 'true',
    // Only requests that a service makes by itself have one.
    'aws:SourceArn': ABSENT,
    'aws:SourceAccount': ABSENT,
    'aws:RequestedRegion': call.on.split(':')[3] || fn.region,
    ...(call.action.startsWith('s3:') && S3),
    ...(call.action.startsWith('kms:') && { 'kms:CallerAccount': fn.account }),
    ...call.context,
    ...changed,
  };
}

/** A put names no key and no lock, so that the bucket's own apply. */
const S3: Context = {
  's3:TlsVersion': '1.3',
  's3:x-amz-server-side-encryption': ABSENT,
  's3:x-amz-server-side-encryption-aws-kms-key-id': ABSENT,
  's3:x-amz-server-side-encryption-customer-algorithm': ABSENT,
  's3:x-amz-acl': ABSENT,
};

function resourcePolicyOf({ resourcePolicies }: Account, on: string): NamedPolicy | undefined {
  const isObject = on.split(':')[2] === 's3';
  return resourcePolicies.get(isObject ? (on.split('/')[0] ?? '') : on);
}

/** Whether a call of the code leaves the VPC. DynamoDB, S3 and Secrets Manager call KMS for the caller themselves. */
export const isInside = ({ fn, byLambda, by }: Call): boolean =>
  fn.inVpc && !byLambda && !/^(S3|DynamoDB|Secrets Manager) for /.test(by);

/** The Region in which a call is made: through a profile, where the profile is. */
export function regionOf({ fn, on, context }: Call): string {
  const profile = context['bedrock:InferenceProfileArn'];
  return (typeof profile === 'string' ? profile : on).split(':')[3] || fn.region;
}

/** The endpoint of a call; `missing` if its service has none in the VPC. Nothing is known of one that existed before. */
function endpointOf({ endpoints, existingEndpoints }: Account, call: Call): NamedPolicy | 'missing' | undefined {
  const [service = ''] = call.action.split(':');
  const name = `.${regionOf(call)}.${service === 'bedrock' ? 'bedrock-runtime' : service}`;
  const found = [...endpoints].find(([one]) => one.endsWith(name))?.[1];
  return found ?? (existingEndpoints.includes(service) ? undefined : 'missing');
}
