import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import type { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { matches, type SeenRequest } from './seen-request';

/** A rule of the web ACL that limits requests within five minutes. */
export interface RateRule {
  readonly per: 'address' | 'all';
  readonly limit: number;
  readonly counts: (request: SeenRequest) => boolean;
}

/** An API with the function behind it. */
export interface Api {
  readonly name: string;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Whether API Gateway itself refuses requests without a valid token. */
  readonly hasAuthorizer: boolean;
  /** Whether API Gateway answers preflight requests itself. */
  readonly answersPreflights: boolean;
  readonly reserved?: number;
}

export interface Declared {
  readonly rules: readonly RateRule[];
  readonly apis: readonly Api[];
  /** Reserved by functions that aren't behind an API. */
  readonly reservedByOthers: number;
  readonly hourlyChecks: number;
  /**
   * Whether API Gateway throttles before the web ACL decides.
   *
   * @default false
   */
  readonly throttlesFirst?: boolean;
}

/** What the templates of a deployment say about its limits. */
export function declaredIn({ foundation, workspaces, projects }: DeploymentStacks): Declared {
  const apis = [...workspaces, ...(projects ? [projects] : [])].map(apiOf);
  const reserved = [foundation, ...workspaces, ...(projects ? [projects] : [])].flatMap((stack) =>
    all(stack, 'AWS::Lambda::Function').map(({ ReservedConcurrentExecutions = 0 }) => ReservedConcurrentExecutions),
  );
  const [acl] = all(foundation, 'AWS::WAFv2::WebACL');
  return {
    rules: acl.Rules.flatMap(({ Statement: { RateBasedStatement: rule } }: Properties) => rule ?? []).map(rateRule),
    apis,
    reservedByOthers: sum(reserved) - sum(apis.map((api) => api.reserved ?? 0)),
    hourlyChecks: all(foundation, 'AWS::Events::Rule').filter((rule) => rule.ScheduleExpression === 'rate(1 hour)')
      .length,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: templates have many forms
type Properties = any;

const all = (stack: Stack, type: string): Properties[] =>
  Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties);

const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);

const rateRule = ({ AggregateKeyType, Limit, ScopeDownStatement }: Properties): RateRule => ({
  per: AggregateKeyType === 'IP' ? 'address' : 'all',
  limit: Limit,
  counts: ScopeDownStatement === undefined ? () => true : matches(ScopeDownStatement),
});

function apiOf(stack: Stack): Api {
  const [stage] = all(stack, 'AWS::ApiGateway::Stage');
  const settings = stage.MethodSettings.find(({ ResourcePath }: Properties) => ResourcePath === '/*');
  const methods = all(stack, 'AWS::ApiGateway::Method').filter(({ HttpMethod }) => HttpMethod === 'ANY');
  const gateway = all(stack, 'AWS::Lambda::Function').find(({ Description = '' }) =>
    String(Description).startsWith('OpenAI-compatible gateway'),
  );
  return {
    name: stack.stackName,
    ratePerSecond: settings?.ThrottlingRateLimit ?? Number.POSITIVE_INFINITY,
    burst: settings?.ThrottlingBurstLimit ?? Number.POSITIVE_INFINITY,
    answersPreflights: all(stack, 'AWS::ApiGateway::Method').some(({ HttpMethod }) => HttpMethod === 'OPTIONS'),
    hasAuthorizer: methods.every(({ AuthorizationType }) => AuthorizationType !== 'NONE'),
    reserved: gateway.ReservedConcurrentExecutions,
  };
}
