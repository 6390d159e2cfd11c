import type { ResidencyBoundary } from '../../boundary/boundary';
import { refusedPlaces } from '../scan/places-in-text';
import { isMap } from '../template/node';
import { elements, IDENTITY_POLICY_TYPES, type Statement, statementsOf } from '../template/policy-statements';
import { knownText } from '../template/resource';
import { covers } from '../template/wildcard';
import type { Breach, ResourceRule } from './rule';

/** Actions that send content to a model, to an agent, or to what stands before one. */
const INVOCATIONS = [
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:CreateModelInvocationJob',
  'bedrock:InvokeAgent',
  'bedrock:InvokeInlineAgent',
  'bedrock:InvokeFlow',
  'bedrock:RetrieveAndGenerate',
  'bedrock-agentcore:InvokeAgentRuntime',
  'bedrock-mantle:CreateInference',
];
/** Policies of AWS itself that allow Bedrock, or everything, in every Region. */
const WIDE_POLICIES =
  /:policy\/(?:job-function\/)?(AdministratorAccess|PowerUserAccess|AmazonBedrockFullAccess|AmazonBedrockLimitedAccess)$/;

export const iamReach: ResourceRule = {
  id: 'iam-reach',
  title: 'A policy lets nobody reach outside',
  why: 'Whoever has the right can use it from inside: the data then leaves by a call that no other property shows.',
  fix: "Name the ARNs inside, or confine the statement by a condition on 'aws:RequestedRegion' that lists only Regions inside.",
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
  appliesTo: IDENTITY_POLICY_TYPES,

  *check(resource, { boundary }) {
    for (const statement of statementsOf(resource)) yield* reachOf(statement, boundary);
    for (const { path, value } of resource.select('ManagedPolicyArns', '*')) {
      const name = WIDE_POLICIES.exec(knownText(value) ?? '')?.[1];
      if (name)
        yield { path, value: name, level: 'unresolved', detail: `the policy '${name}' allows Bedrock in every Region` };
    }
  },
};

function* reachOf(statement: Statement, boundary: ResidencyBoundary): Generator<Breach> {
  const { path, map, scope } = statement;
  if (map.Effect !== 'Allow' || isConfined(statement, boundary)) return;
  const invokes = allowsInvocation(statement);
  if (invokes && map.Resource === undefined)
    yield { path, detail: 'Bedrock is allowed on everything that NotResource leaves open' };
  for (const text of elements(map.Resource, scope)) {
    const wide = invokes ? tooWide(text) : undefined;
    if (wide) yield { path: `${path}/Resource`, value: text, detail: wide };
    else {
      for (const { value, decision } of refusedPlaces(boundary, text, scope.deployRegion)) {
        const level = decision.reason === 'placeless' ? 'unresolved' : 'block';
        yield {
          path: `${path}/Resource`,
          value,
          level,
          place: decision.place,
          detail: `a right outside: ${decision.detail}`,
        };
      }
    }
  }
}

function allowsInvocation({ map, scope }: Statement): boolean {
  if (map.Action === undefined) {
    const excluded = elements(map.NotAction, scope);
    return INVOCATIONS.some((action) => !excluded.some((pattern) => covers(pattern, action)));
  }
  return elements(map.Action, scope).some((pattern) => INVOCATIONS.some((action) => covers(pattern, action)));
}

/** Why an ARN pattern lets Bedrock be called outside; none if it doesn't. */
function tooWide(pattern: string): string | undefined {
  if (/^\*+$/.test(pattern)) return 'Bedrock is allowed in every Region';
  const [arn, , service = '', region = '', , ...rest] = pattern.split(':');
  if (arn !== 'arn' || !['bedrock', 'bedrock-agentcore', 'bedrock-mantle'].some((name) => covers(service, name))) {
    return undefined;
  }
  if (/[*?]/.test(region)) return 'the ARN holds for Bedrock in every Region';
  const resource = rest.join(':');
  return covers(resource, 'inference-profile/global.x') && !/^inference-profile\/global/.test(resource)
    ? 'the ARN holds for every inference profile, those that lead outside included'
    : undefined;
}

/** Whether a condition of the statement, or a Deny beside it, leaves only Regions inside. */
function isConfined({ map, scope, siblings }: Statement, boundary: ResidencyBoundary): boolean {
  const onlyInside = (condition: unknown, operators: RegExp): boolean =>
    isMap(condition) &&
    Object.entries(condition).some(
      ([operator, keys]) =>
        operators.test(operator) &&
        isMap(keys) &&
        Object.entries(keys).some(
          ([key, values]) =>
            key.toLowerCase() === 'aws:requestedregion' &&
            elements(values, scope).length > 0 &&
            elements(values, scope).every((region) => boundary.containsRegion(region)),
        ),
    );
  if (onlyInside(map.Condition, /^(?:ForAllValues:|ForAnyValue:)?String(?:Equals|Like|EqualsIgnoreCase)$/)) return true;
  return siblings.some(
    (other) =>
      other.Effect === 'Deny' &&
      elements(other.Resource, scope).includes('*') &&
      elements(other.Action, scope).some((pattern) => covers(pattern, 'bedrock:InvokeModel')) &&
      onlyInside(other.Condition, /^String(?:NotEquals|NotLike)$/),
  );
}
