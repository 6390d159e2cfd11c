import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, type Request, type Row } from '../row';

const APPLICATION_PROFILE = 'arn:{partition}:bedrock:{region}:{account}:application-inference-profile/abc123';
const PROFILE: Context = { 'bedrock:InferenceProfileArn': ABSENT, 'bedrock:ModelArn': ABSENT };

/** A function of a deployment sets the retention, so its permissions boundary leaves settings to its role. */
const setting = (name: string, action: string, more: Partial<Request> = {}): Request => ({
  name,
  action,
  boundary: 'either',
  ...more,
});

const retention = (name: string, mode: Context[string], more: Partial<Request> = {}): Request =>
  setting(name, 'bedrock:PutAccountDataRetention', { context: { 'bedrock:DataRetentionMode': mode }, ...more });

/** What decides on a guardrail, or for what a profile or project stands. */
const OBJECTS = [
  'bedrock:CreateDataAutomationProject',
  'bedrock:CreateGuardrail',
  'bedrock:DeleteDataAutomationProject',
  'bedrock:DeleteFoundationModelAgreement',
  'bedrock:DeleteGuardrail',
  'bedrock:DeleteInferenceProfile',
  'bedrock:UpdateDataAutomationProject',
  'bedrock:UpdateGuardrail',
];

/** Only the pipeline, and the function that it deployed for it, change what Bedrock retains, logs and serves. */
export const BEDROCK_SETTINGS_ROWS: readonly Row[] = [
  ...denied(
    'retention',
    retention('sets the retention of Bedrock', 'none'),
    retention('sets the retention of Bedrock as a user', 'none', { as: 'user' }),
    retention('sets the retention of Bedrock under a name like that of the pipeline', 'none', { as: 'impostor' }),
    retention('sets the retention of Bedrock in another account', 'none', { as: 'neighbour', owner: 'tenant' }),
    retention('shares data with the provider as the pipeline', 'provider_data_share', { as: 'deployer' }),
    retention('retains by default as the pipeline', 'default', { as: 'deployer' }),
    retention('shares data with the provider as the function', 'provider_data_share', { as: 'workload' }),
    retention('lets AWS review as the function', 'aws_review', { as: 'workload' }),
    retention('sets the retention of Bedrock in London as the pipeline', 'none', {
      as: 'deployer',
      region: 'eu-west-2',
    }),
    setting('logs calls of models', 'bedrock:PutModelInvocationLoggingConfiguration'),
    setting('stops to log calls of models', 'bedrock:DeleteModelInvocationLoggingConfiguration'),
    setting('enforces another guardrail', 'bedrock:PutEnforcedGuardrailConfiguration'),
    setting('enforces no guardrail', 'bedrock:DeleteEnforcedGuardrailConfiguration'),
    ...OBJECTS.map((action) => setting(`calls ${action}`, action, { isGeneral: true })),
  ),
  ...allowed(
    'deployer',
    ...OBJECTS.map((action) => setting(`calls ${action} as the pipeline`, action, { isGeneral: true, as: 'deployer' })),
  ),
  ...allowed(
    'retention',
    { name: 'reads the retention of Bedrock', action: 'bedrock:GetAccountDataRetention' },
    retention('sets the retention of Bedrock as the function', 'none', { as: 'workload', boundary: 'allowed' }),
    retention('sets the retention of Bedrock as the pipeline', 'none', { as: 'deployer' }),
  ),
  ...allowed(
    'people',
    { name: 'agrees to the terms of a model', action: 'bedrock:CreateFoundationModelAgreement' },
    { name: 'asks for access to models', action: 'bedrock:PutUseCaseForModelAccess' },
    { name: 'is entitled to a model', action: 'bedrock:PutFoundationModelEntitlement' },
  ),
  ...denied(
    'application profile',
    setting('makes an application profile', 'bedrock:CreateInferenceProfile', {
      on: APPLICATION_PROFILE,
      context: PROFILE,
    }),
    setting('makes an application profile under a name like that of the pipeline', 'bedrock:CreateInferenceProfile', {
      as: 'impostor',
      on: APPLICATION_PROFILE,
      context: PROFILE,
    }),
  ),
  ...allowed(
    'application profile',
    setting('makes an application profile as the pipeline', 'bedrock:CreateInferenceProfile', {
      as: 'deployer',
      on: APPLICATION_PROFILE,
      context: PROFILE,
    }),
  ),
];
