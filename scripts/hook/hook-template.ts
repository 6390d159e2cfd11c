import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { ResidencyBoundary } from '../../lib/boundary/boundary';
import { ResidencyHook } from '../../lib/constructs/hook/residency-hook';
import { StackFilter } from '../../lib/constructs/hook/stack-filter';
import type { HookTemplateVariables } from '../../lib/contract/environment';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Resources = Record<string, { readonly Type: string; readonly Properties: Record<string, Json> }>;

/** The stack is synthesized for one Region, which the template replaces by the Region in which it is deployed. */
const REGION = 'eu-central-1';

const PARAMETERS = {
  Boundary: {
    Type: 'String',
    Default: 'eu',
    AllowedPattern: '[A-Za-z0-9,-]+',
    Description: 'The boundary: eu, eea or countries such as DE,FR. The hook must be deployed inside it.',
  },
  Declarations: {
    Type: 'String',
    Default: '',
    // The variables of a function may have 4 KB in all.
    MaxLength: 3_500,
    Description: 'The content of a residency-exceptions.yaml. Its stacks are names of stacks.',
  },
  StackNames: {
    Type: 'CommaDelimitedList',
    Default: '',
    Description: 'Names of the stacks to check, such as chat-*. If it is empty, every stack is checked.',
  },
  ExcludedStackNames: {
    Type: 'CommaDelimitedList',
    Default: '',
    Description: 'Names of stacks that are deployed without a check. The stack of the hook is always one.',
  },
  PermissionsBoundary: {
    Type: 'String',
    Default: '',
    AllowedPattern: '[A-Za-z0-9+=,.@_-]{0,128}',
    ConstraintDescription: 'it must be the name of a managed policy of the account, without its ARN and path.',
    Description: "The name of the managed policy that limits the hook's roles. If it is empty, none does.",
  },
};

const joined = (parameter: keyof typeof PARAMETERS) => ({ 'Fn::Join': [',', { Ref: parameter }] });
const isEmpty = (text: Json) => ({ 'Fn::Equals': [text, ''] });
const OWN_STACK = { Ref: 'AWS::StackName' };
const NO_VALUE = { Ref: 'AWS::NoValue' };

/**
 * The template of a ResidencyHook: the resources of the construct, with parameters for what its props set.
 *
 * @param code the text of the function
 */
export function hookTemplate(code: string) {
  const variables: Record<keyof HookTemplateVariables, Json> = {
    HOOK_BOUNDARY: { Ref: 'Boundary' },
    HOOK_DECLARATIONS: { Ref: 'Declarations' },
  };
  const resources = constructResources();
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type === 'AWS::IAM::Role') Properties.PermissionsBoundary = PERMISSIONS_BOUNDARY;
    if (Type === 'AWS::Lambda::Function') {
      Properties.Code = { ZipFile: code };
      Properties.Description = 'Refuses templates whose data would leave the boundary';
      Properties.Environment = { Variables: variables };
    }
    if (Type === 'AWS::CloudFormation::LambdaHook') {
      Properties.StackFilters = { FilteringCriteria: 'ALL', StackNames: STACK_NAMES };
    }
  }
  return {
    Description: 'Refuses stacks whose data would leave the boundary, before CloudFormation creates or updates them.',
    Parameters: PARAMETERS,
    Conditions: {
      EveryStack: isEmpty(joined('StackNames')),
      NoneExcluded: isEmpty(joined('ExcludedStackNames')),
      NoPermissionsBoundary: isEmpty({ Ref: 'PermissionsBoundary' }),
    },
    Resources: inAnyRegion(resources),
  };
}

const STACK_NAMES = {
  Include: { 'Fn::If': ['EveryStack', NO_VALUE, { Ref: 'StackNames' }] },
  Exclude: {
    'Fn::If': [
      'NoneExcluded',
      [OWN_STACK],
      { 'Fn::Split': [',', { 'Fn::Join': [',', [OWN_STACK, joined('ExcludedStackNames')]] }] },
    ],
  },
};

/** The policy of that name in the account in which the template is deployed. */
const PERMISSIONS_BOUNDARY = {
  'Fn::If': [
    'NoPermissionsBoundary',
    NO_VALUE,
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${PermissionsBoundary}' },
  ],
};

/** The resources as the construct synthesizes them. */
export function constructResources(stacks: StackFilter = StackFilter.all(), excludeStackNames?: string[]): Resources {
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:enable-path-metadata': false } });
  const stack = new Stack(app, 'ResidencyHook', {
    env: { region: REGION },
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  new ResidencyHook(stack, 'Hook', { boundary: ResidencyBoundary.eu(), stacks, excludeStackNames });
  return app.synth().getStackByName(stack.stackName).template.Resources;
}

function inAnyRegion<T>(value: T): T {
  if (typeof value === 'string') {
    if (!value.includes(REGION)) return value;
    return { 'Fn::Sub': value.replaceAll(REGION, '${AWS::Region}') } as T;
  }
  if (Array.isArray(value)) return value.map(inAnyRegion) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inAnyRegion(each)])) as T;
}
