import { ABSENT, type Context } from '../../calls/row';
import type { Request } from '../row';

export const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
/** A Region inside. */
export const SOURCE = '{primary}';
export const DESTINATIONS = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

/** The keys that a call has in addition to the profile. */
export const CALL: Context = {
  'bedrock:GuardrailIdentifier': ABSENT,
  'bedrock:ServiceTier': ABSENT,
  'bedrock:PromptRouterArn': ABSENT,
  'bedrock:ProjectArn': ABSENT,
  'bedrock:ModelArn': ABSENT,
};

const profileArn = (id: string, source = SOURCE): string =>
  `arn:{partition}:bedrock:${source}:{account}:${id.includes('/') ? id : `inference-profile/${id}`}`;
export const modelArn = (region: string, model = HAIKU): string =>
  `arn:{partition}:bedrock:${region}::foundation-model/${model}`;

/** A check that Bedrock makes of a call through a profile: of the profile itself in its Region. */
export const ofProfile = (name: string, id: string, source: string, action = 'bedrock:InvokeModel'): Request => ({
  name,
  action,
  on: profileArn(id, source),
  region: source,
  context: { ...CALL, 'bedrock:InferenceProfileArn': profileArn(id, source) },
});

/** And of the model, in a destination's Region. */
export const ofModel = (
  name: string,
  id: string,
  source: string,
  region: string,
  model = HAIKU,
  action = 'bedrock:InvokeModel',
): Request => ({
  name,
  action,
  on: modelArn(region, model),
  ...(region === '' && { isUnlisted: true }),
  region: region || 'unspecified',
  // The boundary has no room for the key: it denies the call by the check of the profile itself.
  ...(DESTINATIONS.includes(region) && { boundary: 'either' }),
  context: { ...CALL, 'bedrock:InferenceProfileArn': profileArn(id, source) },
});

export const direct = (name: string, region: string, more: Partial<Request> = {}): Request => ({
  name,
  action: 'bedrock:InvokeModel',
  on: modelArn(region, 'openai.gpt-oss-120b-1:0'),
  ...(region === '' && { isUnlisted: true }),
  region: region || 'unspecified',
  context: { ...CALL, 'bedrock:InferenceProfileArn': ABSENT },
  ...more,
});
