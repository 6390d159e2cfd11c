import type { WatchPolicy } from '../../contract/policies/watch-policy';
import { WATCHED_CALLS, type WatchedCalls } from '../../contract/watched-calls';
import type { CallRecord, Fields } from './event';

/** The watched calls that an event is one of; none if it loosens nothing. A denied call is one too. */
export function looseningOf(event: CallRecord, policy: WatchPolicy): WatchedCalls | undefined {
  const { eventSource, eventName } = event;
  return WATCHED_CALLS.find(
    (watched) =>
      watched.source === eventSource &&
      matches(watched.calls, eventName) &&
      counts(watched, event, policy) &&
      !(watched.isRoutine && isDeployment(event, policy)),
  );
}

function counts({ only, named }: WatchedCalls, event: CallRecord, policy: WatchPolicy): boolean {
  const { requestParameters, recipientAccountId } = event;
  const fields: Fields = requestParameters ?? {};
  const isOurs = () => {
    const names = named.map((name) => fields[name]).filter((value) => value !== undefined);
    // Without a name, nothing shows that it is another's.
    return names.length === 0 || names.some((name) => matches(policy.stacks, stackNameOf(name)));
  };
  switch (only) {
    case 'boundary-policy':
      return fields.policyArn === undefined || isBoundary(fields.policyArn, policy);
    case 'other-boundary':
      return !isBoundary(fields.permissionsBoundary, policy);
    case 'stack':
      return isOurs();
    case 'unprotected':
      return isOurs() && fields.enableTerminationProtection !== true;
    case 'retention-mode':
      return fields.mode !== 'none';
    case 'other-account':
      return (
        accountOf(fields.granteePrincipal) !== undefined && accountOf(fields.granteePrincipal) !== recipientAccountId
      );
    case 'own-rule':
      return policy.rules.some((rule) => named.some((name) => fields[name] === rule));
    case undefined:
      return true;
  }
}

/** Whether CloudFormation made the call with a role that deploys. */
function isDeployment({ userIdentity }: CallRecord, { deployRoles }: WatchPolicy): boolean {
  return (
    userIdentity?.invokedBy === 'cloudformation.amazonaws.com' &&
    matches(deployRoles, userIdentity.sessionContext?.sessionIssuer?.userName)
  );
}

const isBoundary = (arn: unknown, { boundaryPolicy }: WatchPolicy) =>
  typeof arn === 'string' && arn.endsWith(`:policy/${boundaryPolicy}`);

/** The account of a principal; a service has none. */
const accountOf = (arn: unknown) =>
  typeof arn === 'string' ? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(arn)?.[1] : undefined;

/** Requests name a stack by its name or its ARN, `arn:...:stack/<name>/<id>`, and a function also by `...:function:<name>`. */
const stackNameOf = (value: unknown) =>
  typeof value === 'string'
    ? (/^arn:[^/]*\/([^/]+)\//.exec(value)?.[1] ?? /(?:^|:)function:([^:]+)/.exec(value)?.[1] ?? value)
    : value;

const matches = (globs: readonly string[], value: unknown): boolean =>
  typeof value === 'string' &&
  globs.some((glob) => new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`, 's').test(value));

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
