import { actionsOf, because } from './service-data';

/** The types of resources that stand for a model, for the Regions that a call may reach, or for what chooses one of them. */
const MODELS = [
  'application-inference-profile',
  'data-automation-profile',
  'default-prompt-router',
  'foundation-model',
  'guardrail-profile',
  'inference-profile',
  'prompt-router',
];

const READS = 'it reads what AWS or the account says of a model, and sends no content';
const TAGS = 'only tags change';
const ENDS = 'it ends what the other actions make';
const DEPLOYERS = 'only the roles that deploy may, by another promise';

const ANY = ['Read', 'List', 'Write', 'Tagging', 'Permissions management'];

/** What sends content to a model, profile or guardrail, or names one for later calls. */
export const modelCalls = (): string[] =>
  actionsOf(
    {
      service: 'bedrock',
      types: MODELS,
      access: ANY,
      but: {
        ...because(READS, 'bedrock:Get*', 'bedrock:ListTagsForResource'),
        ...because(TAGS, 'bedrock:TagResource', 'bedrock:UntagResource'),
        ...because(ENDS, 'bedrock:Delete*'),
        ...because(DEPLOYERS, 'bedrock:CreateGuardrail', 'bedrock:PutResourcePolicy', 'bedrock:UpdateGuardrail'),
      },
    },
    // A guardrail may have a profile, whose Regions then read the content.
    { service: 'bedrock', types: ['guardrail'], access: ['Read'], named: /:(Apply|Invoke)/ },
  );

/** Of these, what sends content in the same call, and what the roles under the permissions boundary have. */
export const inference = (): string[] =>
  modelCalls().filter((action) => /:(ApplyGuardrail|CountTokens|InvokeModel\w*)$/.test(action));

/** What IAM decides on by the profile of a call, and by the router that chose a model. */
export const profileCalls = (): string[] =>
  actionsOf({ service: 'bedrock', key: 'bedrock:InferenceProfileArn', access: ANY });
export const routedCalls = (): string[] =>
  actionsOf({ service: 'bedrock', key: 'bedrock:PromptRouterArn', access: ANY });

/** What sets the mode of retention. */
export const retentionModes = (): string[] => actionsOf({ service: 'bedrock', key: 'bedrock:DataRetentionMode' });

/** What changes guardrails, profiles, projects, logging, retention and agreements. */
export const settingsChanges = (): string[] =>
  actionsOf(
    {
      service: 'bedrock',
      types: ['application-inference-profile', 'data-automation-project', 'guardrail'],
      access: ['Write'],
      named: /:(?!Invoke)/,
      but: {
        ...because(TAGS, 'bedrock:TagResource', 'bedrock:UntagResource'),
        ...because('it takes away', 'bedrock:DeleteResourcePolicy'),
        ...because('it copies a state of a guardrail', 'bedrock:CreateGuardrailVersion'),
        ...because(
          'it sends content, and another promise is about the model',
          'bedrock:CreateAdvancedPromptOptimizationJob',
          'bedrock:CreatePromptRouter',
        ),
      },
    },
    {
      service: 'bedrock',
      access: ['Write'],
      named:
        /:(Create|Delete|Put|Update)\w*(Agreement|DataAutomationProject|DataRetention|Guardrail|LoggingConfiguration)/,
      but: {
        'bedrock:CreateFoundationModelAgreement': 'it lets a model be used, on which another promise decides',
        'bedrock:CreateGuardrailVersion': 'it copies a state of a guardrail',
        'bedrock:DeleteMarketplaceModelAgreement': 'it ends the use of an endpoint of the account',
      },
    },
  );
