import { ABSENT } from '../../calls/row';
import { denied, type Request, type Row } from '../row';
import { CALL, HAIKU, SOURCE } from './model-calls';

/** Requests that are made in a Region inside, and name something in another one. */
const OUTSIDE: readonly (readonly [action: string, resource: string])[] = [
  ['bedrock:ApplyGuardrail', '{account}:guardrail/sample'],
  ['bedrock:CountTokens', `:foundation-model/${HAIKU}`],
  ['bedrock:CreateAdvancedPromptOptimizationJob', `:foundation-model/${HAIKU}`],
  ['bedrock:CreateEvaluationJob', `:foundation-model/${HAIKU}`],
  ['bedrock:CreateInferenceProfile', `:foundation-model/${HAIKU}`],
  ['bedrock:CreateModelCustomizationJob', `:foundation-model/${HAIKU}`],
  ['bedrock:CreateModelInvocationJob', `:foundation-model/${HAIKU}`],
  ['bedrock:CreatePromptRouter', `:foundation-model/${HAIKU}`],
  ['bedrock:CreateProvisionedModelThroughput', `:foundation-model/${HAIKU}`],
  ['bedrock:DetectGeneratedContent', `:foundation-model/${HAIKU}`],
  ['bedrock:UpdateProvisionedModelThroughput', `:foundation-model/${HAIKU}`],
  ['bedrock:InvokeBlueprintOptimizationAsync', '{account}:blueprint/sample'],
  ['bedrock:InvokeDataAutomation', '{account}:data-automation-project/sample'],
  ['bedrock:InvokeDataAutomationAsync', '{account}:data-automation-project/sample'],
  ['bedrock:InvokeModel', `:foundation-model/${HAIKU}`],
];

/** Requests that name a profile outside the boundary, although it is in a Region inside. The ARN alone says so. */
const PROFILES: readonly (readonly [action: string, profile: string])[] = [
  ['bedrock:ApplyGuardrail', 'guardrail-profile/us.guardrail.v1:0'],
  ['bedrock:CountTokens', `inference-profile/global.${HAIKU}`],
  ['bedrock:CreateAdvancedPromptOptimizationJob', `inference-profile/global.${HAIKU}`],
  ['bedrock:CreateEvaluationJob', 'prompt-router/sample'],
  ['bedrock:CreateInferenceProfile', `inference-profile/global.${HAIKU}`],
  ['bedrock:CreateModelCustomizationJob', `inference-profile/global.${HAIKU}`],
  ['bedrock:CreateProvisionedModelThroughput', `inference-profile/global.${HAIKU}`],
  ['bedrock:DetectGeneratedContent', `inference-profile/global.${HAIKU}`],
  ['bedrock:UpdateProvisionedModelThroughput', `inference-profile/global.${HAIKU}`],
  ['bedrock:CreateModelInvocationJob', `inference-profile/global.${HAIKU}`],
  ['bedrock:CreatePromptRouter', `inference-profile/global.${HAIKU}`],
  ['bedrock:InvokeBlueprintRecommendationAsync', 'data-automation-profile/global.data-automation-v1'],
  ['bedrock:InvokeModel', `inference-profile/global.${HAIKU}`],
  ['bedrock:InvokeModelWithResponseStream', `inference-profile/us.${HAIKU}`],
];

/** Of the actions on profiles, AWS's service reference lists these only for models. */
const UNLISTED = [
  'bedrock:CountTokens',
  'bedrock:CreateModelCustomizationJob',
  'bedrock:CreateModelInvocationJob',
  'bedrock:CreateProvisionedModelThroughput',
  'bedrock:DetectGeneratedContent',
  'bedrock:UpdateProvisionedModelThroughput',
];

const named = (action: string, on: string, more: Partial<Request> = {}): Request => ({
  name: `the pipeline calls ${action} on ${on.replace(/^.*bedrock:/, '')}`,
  action,
  on,
  as: 'deployer',
  isGeneral: true,
  context: { ...CALL, 'bedrock:InferenceProfileArn': ABSENT },
  region: SOURCE,
  ...more,
});

export const BEDROCK_RESOURCE_ROWS: readonly Row[] = [
  ...denied(
    'model without region',
    ...OUTSIDE.map(([action, resource]) => named(action, `arn:{partition}:bedrock:us-east-1:${resource}`)),
  ),
  ...denied(
    'other profile',
    ...PROFILES.map(([action, profile]) =>
      named(
        action,
        `arn:{partition}:bedrock:${SOURCE}:{account}:${profile}`,
        UNLISTED.includes(action) ? { isUnlisted: true } : {},
      ),
    ),
  ),
  ...denied(
    'application profile',
    ...['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'].map(
      (action): Request => ({
        ...named(action, `arn:{partition}:bedrock:${SOURCE}::foundation-model/${HAIKU}`),
        name: `a prompt router chooses the model of ${action}`,
        boundary: 'either',
        context: {
          ...CALL,
          'bedrock:InferenceProfileArn': ABSENT,
          'bedrock:PromptRouterArn': `arn:{partition}:bedrock:${SOURCE}:{account}:prompt-router/sample`,
        },
      }),
    ),
  ),
];
