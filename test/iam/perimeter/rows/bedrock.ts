import { ABSENT } from '../../calls/row';
import { allowed, denied, inAws, type Row } from '../row';
import { CALL, DESTINATIONS, direct, HAIKU, ofModel, ofProfile, SOURCE } from './model-calls';

const EU_HAIKU = `eu.${HAIKU}`;
const here = inAws;

/** Calls of models, named by the gap that each tries. */
const NAMED: readonly Row[] = [
  ...allowed(
    'profile from inside',
    ...[
      ofProfile('calls the eu. profile from Frankfurt', EU_HAIKU, SOURCE),
      ofProfile(
        'calls the eu. profile from Frankfurt, and streams',
        EU_HAIKU,
        SOURCE,
        'bedrock:InvokeModelWithResponseStream',
      ),
      ofProfile('calls the eu. profile from Milan', EU_HAIKU, 'eu-south-1'),
      ...DESTINATIONS.map((region) => ofModel(`the eu. profile sends to ${region}`, EU_HAIKU, SOURCE, region)),
      direct('calls a model in Frankfurt without a profile', SOURCE),
      direct('calls a model in Stockholm without a profile', 'eu-north-1'),
      { ...ofProfile('calls the eu. profile through an endpoint', EU_HAIKU, SOURCE), via: 'vpc' as const },
    ].map((one) => ({ ...one, in: here })),
  ),
  ...denied(
    'profile from london',
    ...[
      ofProfile('calls the eu. profile from London', EU_HAIKU, 'eu-west-2'),
      ofModel('the eu. profile sends to London', EU_HAIKU, 'eu-west-2', 'eu-west-2'),
      ofModel('the eu. profile of London sends to Frankfurt', EU_HAIKU, 'eu-west-2', 'eu-central-1'),
      direct('calls a model in London', 'eu-west-2'),
    ].map((one) => ({ ...one, in: here })),
  ),
  ...denied(
    'profile from zurich',
    ...[
      ofProfile('calls the eu. profile from Zurich', EU_HAIKU, 'eu-central-2'),
      ofModel('the eu. profile sends to Zurich', EU_HAIKU, 'eu-central-2', 'eu-central-2'),
      ofModel('the eu. profile of Frankfurt sends to Zurich after all', EU_HAIKU, SOURCE, 'eu-central-2'),
      ofModel('the eu. profile of Zurich sends to Frankfurt', EU_HAIKU, 'eu-central-2', 'eu-central-1'),
    ].map((one) => ({ ...one, in: here })),
  ),
  ...denied(
    'profile from tel aviv',
    ...[
      ofProfile('calls the eu. profile from Tel Aviv', 'eu.amazon.nova-lite-v1:0', 'il-central-1'),
      ofModel(
        'the eu. profile sends to Tel Aviv',
        'eu.amazon.nova-lite-v1:0',
        'il-central-1',
        'il-central-1',
        'amazon.nova-lite-v1:0',
      ),
      ofModel(
        'the eu. profile of Tel Aviv sends to Ireland',
        'eu.amazon.nova-lite-v1:0',
        'il-central-1',
        'eu-west-1',
        'amazon.nova-lite-v1:0',
      ),
    ].map((one) => ({ ...one, in: here })),
  ),
  ...denied(
    'global profile',
    ofProfile('calls the global profile from Frankfurt', `global.${HAIKU}`, SOURCE),
    ofProfile(
      'calls the global profile, and streams',
      `global.${HAIKU}`,
      SOURCE,
      'bedrock:InvokeModelWithResponseStream',
    ),
    ofModel('the global profile sends anywhere', `global.${HAIKU}`, SOURCE, ''),
    ofModel('the global profile sends to Frankfurt', `global.${HAIKU}`, SOURCE, 'eu-central-1'),
    {
      ...ofModel('the global profile sends to its own Region', `global.${HAIKU}`, SOURCE, SOURCE),
      boundary: 'either',
    },
    {
      ...ofModel('a profile of London sends inside', 'application-inference-profile/abc123', 'eu-west-2', SOURCE),
      boundary: 'either',
    },
    { ...ofProfile('calls the global profile as the pipeline', `global.${HAIKU}`, SOURCE), as: 'deployer' },
    { ...ofProfile('calls the global profile through an endpoint', `global.${HAIKU}`, SOURCE), via: 'vpc' },
    ofProfile('calls a profile whose name only contains the EU', `global.eu.${HAIKU}`, SOURCE),
  ),
  ...denied(
    'other profile',
    ...['us', 'apac', 'jp', 'au', 'ca', 'in', 'uk', 'na', 'us-gov', 'amer', 'EU', 'europe', 'eusc', 'eea'].map(
      (prefix) => ofProfile(`calls the ${prefix}. profile from Frankfurt`, `${prefix}.${HAIKU}`, SOURCE),
    ),
    ofModel('the us. profile sends to Ohio', `us.${HAIKU}`, SOURCE, 'us-east-2'),
    ofModel('the us. profile sends to Ireland', `us.${HAIKU}`, SOURCE, 'eu-west-1'),
    ofModel('the uk. profile sends to Ireland', `uk.${HAIKU}`, SOURCE, 'eu-west-1'),
  ),
  ...denied(
    'unknown profile',
    ofProfile('calls an eu. profile that no table has', 'eu.anthropic.claude-unheard-9', SOURCE),
    ofModel(
      'an eu. profile that no table has sends to Ireland',
      'eu.anthropic.claude-unheard-9',
      SOURCE,
      'eu-west-1',
      'anthropic.claude-unheard-9',
    ),
  ),
  ...denied(
    'model without region',
    direct('calls a model without a Region', ''),
    direct('calls a model without a Region, while the request says Frankfurt', '', { region: SOURCE }),
    direct('calls a model in Ohio, while the request says Frankfurt', 'us-east-2', { region: SOURCE }),
    direct('calls a model without aws:RequestedRegion', SOURCE, {
      context: { ...CALL, 'bedrock:InferenceProfileArn': ABSENT, 'aws:RequestedRegion': ABSENT },
    }),
  ),
  ...denied(
    'application profile',
    ofProfile('calls an application profile in London', 'application-inference-profile/abc123', 'eu-west-2'),
  ),
  ...allowed(
    'application profile',
    ofModel('an application profile sends inside', 'application-inference-profile/abc123', SOURCE, SOURCE),
  ),
  ...denied(
    'mantle',
    { name: 'infers with bedrock-mantle', action: 'bedrock-mantle:CreateInference' },
    { name: 'infers with bedrock-mantle as the pipeline', action: 'bedrock-mantle:CreateInference', as: 'deployer' },
    { name: 'signs in to bedrock-mantle with a token', action: 'bedrock-mantle:CallWithBearerToken' },
    { name: 'stores a file in bedrock-mantle', action: 'bedrock-mantle:CreateFile' },
    { name: 'tunes a model in bedrock-mantle', action: 'bedrock-mantle:CreateFineTuningJob' },
    { name: 'sets the retention of bedrock-mantle', action: 'bedrock-mantle:PutAccountDataRetention' },
    { name: 'makes a project in bedrock-mantle', action: 'bedrock-mantle:CreateProject' },
    { name: 'infers with bedrock-mantle in Ohio', action: 'bedrock-mantle:CreateInference', region: 'us-east-2' },
  ),
  ...denied(
    'claude platform',
    { name: 'infers on the Claude Platform', action: 'aws-external-anthropic:CreateInference' },
    {
      name: 'infers on the Claude Platform as the pipeline',
      action: 'aws-external-anthropic:CreateInference',
      as: 'deployer',
    },
    { name: 'makes a workspace on the Claude Platform', action: 'aws-external-anthropic:CreateWorkspace' },
    { name: 'stores a file on the Claude Platform', action: 'aws-external-anthropic:CreateFile' },
    { name: 'signs in to the Claude Platform with a token', action: 'aws-external-anthropic:CallWithBearerToken' },
    { name: 'makes a batch on the Claude Platform', action: 'aws-external-anthropic:CreateBatchInference' },
  ),
  ...denied(
    'batch',
    { name: 'starts a batch job in London', action: 'bedrock:CreateModelInvocationJob', region: 'eu-west-2' },
    {
      ...ofProfile(
        'a batch job calls the global profile',
        `global.${HAIKU}`,
        SOURCE,
        'bedrock:CreateModelInvocationJob',
      ),
      isUnlisted: true,
    },
  ),
  ...denied(
    'marketplace',
    {
      name: 'makes an endpoint of the marketplace in Ohio',
      action: 'bedrock:CreateMarketplaceModelEndpoint',
      region: 'us-east-2',
    },
    { name: 'copies a model to London', action: 'bedrock:CreateModelCopyJob', region: 'eu-west-2' },
    { name: 'imports a model in Zurich', action: 'bedrock:CreateModelImportJob', region: 'eu-central-2' },
  ),
  ...denied(
    'data automation',
    {
      name: 'calls data automation from London',
      action: 'bedrock:InvokeDataAutomationAsync',
      on: 'arn:{partition}:bedrock:eu-west-2:{account}:data-automation-profile/eu.data-automation-v1',
      region: 'eu-west-2',
    },
    {
      name: 'calls the global data automation from Frankfurt',
      action: 'bedrock:InvokeDataAutomationAsync',
      on: 'arn:{partition}:bedrock:{primary}:{account}:data-automation-profile/global.data-automation-v1',
    },
    {
      name: 'calls the US data automation from Frankfurt',
      action: 'bedrock:InvokeDataAutomationAsync',
      on: 'arn:{partition}:bedrock:{primary}:{account}:data-automation-profile/us.data-automation-v1',
    },
    {
      name: 'calls an unknown data automation from Frankfurt',
      action: 'bedrock:InvokeDataAutomation',
      on: 'arn:{partition}:bedrock:{primary}:{account}:data-automation-profile/global.data-automation-v1',
    },
  ),
  ...denied(
    'guardrail',
    {
      name: 'applies a guardrail in London',
      action: 'bedrock:ApplyGuardrail',
      on: 'arn:{partition}:bedrock:eu-west-2:{account}:guardrail/sample',
      region: 'eu-west-2',
    },
    {
      name: 'applies the US guardrail profile in Frankfurt',
      action: 'bedrock:ApplyGuardrail',
      on: 'arn:{partition}:bedrock:{primary}:{account}:guardrail-profile/us.guardrail.v1:0',
    },
    {
      name: 'applies the UK guardrail profile in Frankfurt',
      action: 'bedrock:ApplyGuardrail',
      on: 'arn:{partition}:bedrock:{primary}:{account}:guardrail-profile/uk.guardrail.v1:0',
    },
  ),
  ...allowed(
    'guardrail',
    {
      name: 'applies a guardrail in Frankfurt',
      action: 'bedrock:ApplyGuardrail',
      on: 'arn:{partition}:bedrock:{primary}:{account}:guardrail/sample',
    },
    {
      name: 'applies the EU guardrail profile in Frankfurt',
      action: 'bedrock:ApplyGuardrail',
      on: 'arn:{partition}:bedrock:{primary}:{account}:guardrail-profile/eu.guardrail.v1:0',
      in: here,
    },
  ),
  ...denied(
    'agentcore',
    {
      name: 'makes an AgentCore runtime in London',
      action: 'bedrock-agentcore:CreateAgentRuntime',
      region: 'eu-west-2',
    },
    { name: 'makes an AgentCore memory in Ohio', action: 'bedrock-agentcore:CreateMemory', region: 'us-east-2' },
  ),
];

export const BEDROCK_ROWS: readonly Row[] = NAMED;
