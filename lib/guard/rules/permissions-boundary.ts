import { isDeepStrictEqual } from 'node:util';
import type { RequiredBoundary } from '../rule/required-boundary';
import type { ResourceRule, Violation } from '../rule/rule';
import { texts } from '../template/expand';
import { isMap, Reference, Unresolved } from '../template/node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from '../template/placeholder';
import { knownText, type Resource, type Selected, whyUnknown } from '../template/resource';
import { entry, section } from '../template/scope';
import { serverlessRoles, WITH_SERVERLESS_ROLES } from '../template/serverless-roles';

const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';

export const permissionsBoundary: ResourceRule = {
  id: 'permissions-boundary',
  title: 'Every role and user has the permissions boundary that is declared',
  why: "The perimeter's permissions boundary caps what a role may do, whatever its policies allow. A role without it is capped by nothing in its account.",
  fix: "Set 'PermissionsBoundary' to the ARN of the policy that is declared, in the role's own account. In CDK, 'ResidencyPerimeter.of(app).apply()' sets it on every role; for a Stage of CDK Pipelines, call it on the Stage before 'addStage'.",
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  appliesTo: ['AWS::IAM::Role', 'AWS::IAM::User', MANAGED_POLICY, ...WITH_SERVERLESS_ROLES],

  *check(resource, { permissionsBoundary: required }) {
    if (required === undefined) return;
    if (resource.type === MANAGED_POLICY) yield* otherDocument(resource, required);
    else if (WITH_SERVERLESS_ROLES.includes(resource.type)) yield* madeBySam(resource, required);
    else yield* boundaryOf(resource, required, ['PermissionsBoundary']);
  },
};

function* boundaryOf(
  resource: Resource,
  { policyName }: RequiredBoundary,
  property: readonly string[],
): Generator<Violation> {
  if (resource.mayLack(...property)) {
    const path = ['/Properties', ...property.slice(0, -1)].join('/');
    yield { path, detail: `it has no permissions boundary; '${policyName}' is declared` };
  }
  for (const selected of resource.select(...property)) {
    const violation = differs(selected, resource, policyName);
    if (violation) yield violation;
  }
}

/** Several roles can take their boundary from one property. */
function* madeBySam(resource: Resource, required: RequiredBoundary): Generator<Violation> {
  const checked = new Set<string>();
  for (const { cause, path, boundary, instead } of serverlessRoles(resource)) {
    const key = (boundary ?? [path]).join('/');
    if (checked.has(key)) continue;
    checked.add(key);
    if (boundary !== undefined) yield* boundaryOf(resource, required, boundary);
    else {
      yield {
        path,
        detail: `${cause}, so SAM creates one, which can't have the permissions boundary '${required.policyName}' that is declared`,
        fix: `Write a role with 'PermissionsBoundary' out, and name it in '${instead}'.`,
      };
    }
  }
}

function differs({ path, value }: Selected, { scope }: Resource, policyName: string): Violation | undefined {
  if (value instanceof Reference && value.type === MANAGED_POLICY && value.stack === undefined) {
    const named = entry(section(scope.template, 'Resources'), value.logicalId);
    const { ManagedPolicyName } = isMap(named) && isMap(named.Properties) ? named.Properties : {};
    const names = texts(ManagedPolicyName, scope);
    if (names.length > 0 && names.every((name) => name === policyName)) return undefined;
    const detail = `its permissions boundary is the policy '${value.logicalId}', whose name isn't '${policyName}'`;
    return { path, value: value.logicalId, detail };
  }
  const text = value instanceof Unresolved || value instanceof Reference || isMap(value) ? undefined : String(value);
  const [, account, name] = /^arn:[^:]+:iam::([^:]*):policy\/(.+)$/.exec(text ?? '') ?? [];
  if (account !== 'aws' && name === policyName) return undefined;
  if (text === undefined || text.includes(UNRESOLVED) || text.includes(TOO_MANY) || text === OWN_VALUE) {
    const why = text === undefined ? whyUnknown(value) : 'it is known only at deployment';
    return {
      path,
      level: 'unresolved',
      detail: `whether its permissions boundary is '${policyName}' is unknown: ${why}`,
    };
  }
  return { path, value: text, detail: `its permissions boundary isn't '${policyName}', which is declared` };
}

/** A template that gives the declared name to another document would lift the cap of every role that has it. */
function* otherDocument(resource: Resource, { policyName, documents }: RequiredBoundary): Generator<Violation> {
  for (const { path, value } of resource.select('ManagedPolicyName')) {
    const name = knownText(value);
    if (name !== undefined && name !== policyName) continue;
    if (name === undefined) {
      const detail = `whether the policy is the declared boundary '${policyName}' is unknown: ${whyUnknown(value)}`;
      yield { path, level: 'unresolved', detail, fix: 'Give the policy a fixed name, or none.' };
    } else if (documents?.some((document) => isDeepStrictEqual(writtenIn(resource), document)) === false) {
      yield {
        path: '/Properties/PolicyDocument',
        detail: `the policy has the name of the declared boundary, '${policyName}', but not its document`,
        fix: "Create the policy with a PerimeterStack of the same app, or with 'perimeter' in residency.yaml from the file that 'eu-residency policies' writes; give other policies other names.",
      };
    }
  }
}

const writtenIn = ({ raw: { Properties } }: Resource) => (isMap(Properties) ? Properties.PolicyDocument : undefined);
