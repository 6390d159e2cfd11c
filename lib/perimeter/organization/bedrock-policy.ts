import { admittedProfiles } from './admitted-profiles';
import type { PerimeterStatement } from './document';
import { DEPLOYMENT_TAG, notDeploying } from './principals';
import { type PerimeterScope, regionsOf } from './scope';
import { deny, type Topic } from './statement';

const KEY = 'bedrock:InferenceProfileArn';
const INVOKE = 'bedrock:InvokeModel*';

/** Actions that always name the model, profile or guardrail that receives content, or that a later call will use. */
const NAMING: readonly string[] = [
  INVOKE,
  'bedrock:ApplyGuardrail',
  'bedrock:CountTokens',
  'bedrock:Create*EvaluationJob',
  'bedrock:CreateAdvancedPromptOptimizationJob',
  'bedrock:CreateInferenceProfile',
  'bedrock:CreateModelCustomizationJob',
  'bedrock:CreateModelInvocationJob',
  'bedrock:CreatePromptRouter',
  'bedrock:CreateProvisionedModelThroughput',
  'bedrock:DetectGeneratedContent',
  'bedrock:InvokeBlueprint*',
  'bedrock:InvokeDataAutomation*',
  'bedrock:UpdateProvisionedModelThroughput',
];

/** What these actions can name besides profiles. Each belongs to the Region in its ARN; prompt routers don't, and aren't listed. */
const REGIONAL = [
  'application-inference-profile',
  'async-invoke',
  'automated-reasoning-policy',
  'blueprint',
  'custom-model',
  'custom-model-deployment',
  'data-automation-library',
  'data-automation-project',
  'foundation-model',
  'guardrail',
  'imported-model',
  'marketplace',
  'model-invocation-job',
  'project',
  'provisioned-model',
];

/**
 * Settings that decide what a provider retains and may read, what calls are logged, and for which profile, guardrail or project a name
 * stands. A guardrail's profile is optional in its request, so the whole request is denied.
 */
const SETTINGS = [
  'bedrock:CreateDataAutomationProject',
  'bedrock:CreateGuardrail',
  'bedrock:CreateInferenceProfile',
  'bedrock:DeleteDataAutomationProject',
  'bedrock:DeleteEnforcedGuardrailConfiguration',
  'bedrock:DeleteFoundationModelAgreement',
  'bedrock:DeleteGuardrail',
  'bedrock:DeleteInferenceProfile',
  'bedrock:DeleteModelInvocationLoggingConfiguration',
  'bedrock:Delete*DataRetentionStorage',
  'bedrock:Put*DataRetention*',
  'bedrock:PutEnforcedGuardrailConfiguration',
  'bedrock:PutModelInvocationLoggingConfiguration',
  'bedrock:PutTrustedAccessProgram*',
  'bedrock:StartTrustedAccessProgram*',
  'bedrock:UpdateDataAutomationProject',
  'bedrock:UpdateGuardrail',
];

/** Denies what Bedrock would process outside the boundary although the request is made in one of its Regions. */
export function bedrockTopic(scope: PerimeterScope): Topic {
  const { partition } = scope;
  const inRegions = regionsOf(scope).map((region) => `arn:${partition}:bedrock:${region}:*:*`);
  return {
    refuses: 'models, profiles and guardrails of Bedrock that may process content outside the boundary',
    statements: [
      // Also the model ARN without a Region, by which a global profile reaches every Region.
      deny('BedrockResourcesOutside', { Action: NAMING, NotResource: inRegions }),
      deny('BedrockProfilesOutside', {
        Action: NAMING,
        NotResource: [
          ...admittedProfiles(scope, ['inference', 'guardrail', 'data-automation']),
          ...REGIONAL.map((path) => `arn:${partition}:bedrock:*:*:${path}/*`),
        ],
      }),
      ...byKey(scope, inRegions),
      deny('OtherBedrockEndpoints', { Action: ['aws-external-anthropic:*', 'bedrock-mantle:*'] }),
    ],
  };
}

/** Denies changes of what decides about all calls of Bedrock, and retention of their content. */
export function bedrockSettingsTopic(scope: PerimeterScope): Topic {
  return {
    refuses: 'changes of settings of Bedrock, and retention by providers',
    statements: [
      deny('BedrockSettings', {
        Action: SETTINGS,
        Condition: { ...notDeploying(scope), Null: { [`aws:PrincipalTag/${DEPLOYMENT_TAG}`]: 'true' } },
      }),
      deny('BedrockRetentionMode', {
        Action: ['bedrock:PutAccountDataRetention'],
        Condition: { StringNotEqualsIfExists: { 'bedrock:DataRetentionMode': 'none' } },
      }),
    ],
  };
}

/** For the model that answers, IAM knows the profile of the call only by a condition key. */
const byKey = (scope: PerimeterScope, inRegions: readonly string[]): PerimeterStatement[] => [
  deny('ProfileKeyOutside', {
    Action: [INVOKE],
    Condition: {
      Null: { [KEY]: 'false' },
      ArnNotLike: {
        [KEY]: [
          ...admittedProfiles(scope, ['inference']),
          `arn:${scope.partition}:bedrock:*:*:application-inference-profile/*`,
        ],
      },
    },
  }),
  deny('ProfileKeyFromOutside', {
    Action: [INVOKE],
    Condition: { Null: { [KEY]: 'false' }, ArnNotLike: { [KEY]: inRegions } },
  }),
  deny('PromptRouters', { Action: [INVOKE], Condition: { Null: { 'bedrock:PromptRouterArn': 'false' } } }),
];
