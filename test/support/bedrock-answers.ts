import type { Answerer } from './fake-aws';

/** A model that no release of the facts knows, as Bedrock describes it. */
export const NEXT = 'acme.model-9-v1:0';
export const EU_NEXT = `eu.${NEXT}`;

export interface FakeModel {
  readonly modelId?: string;
  readonly regions?: readonly string[];
  readonly name?: string;
  readonly type?: string;
  readonly outputs?: readonly string[];
  readonly inferenceTypes?: readonly string[];
  readonly lifecycle?: object;
  /** The ARNs in the answer, if they aren't those of the model in each Region. */
  readonly arns?: readonly string[];
}

/** Bedrock's control plane, which describes one model and its profiles, in every Region. */
export function describes(model: FakeModel = {}): Answerer {
  const {
    modelId = NEXT,
    regions = ['eu-central-1', 'eu-north-1'],
    name = 'Model 9',
    type = 'SYSTEM_DEFINED',
    outputs = ['TEXT'],
    inferenceTypes = ['INFERENCE_PROFILE'],
    lifecycle = {
      status: 'ACTIVE',
      startOfLifeTime: '2026-11-20T00:00:00Z',
      legacyTime: '2027-08-01T00:00:00Z',
      endOfLifeTime: '2028-02-01T00:00:00Z',
    },
    arns = regions.map((code) => `arn:aws:bedrock:${code}::foundation-model/${modelId}`),
  } = model;
  return ({ service, region, path }) => {
    if (service !== 'bedrock') return undefined;
    if (path.startsWith('/data-retention')) return { json: { mode: 'none', updatedAt: '2026-11-24T08:00:00Z' } };
    const profile = /^\/inference-profiles\/(.+)$/.exec(path)?.[1];
    if (profile !== undefined) {
      return {
        json: {
          inferenceProfileName: profile,
          inferenceProfileArn: `arn:aws:bedrock:${region}:111122223333:inference-profile/${profile}`,
          inferenceProfileId: profile,
          status: 'ACTIVE',
          type,
          models: arns.map((modelArn) => ({ modelArn })),
        },
      };
    }
    if (path !== `/foundation-models/${modelId}`) return { error: 'ResourceNotFoundException', status: 404 };
    return {
      json: {
        modelDetails: {
          modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
          modelId,
          modelName: name,
          providerName: 'Acme',
          inputModalities: ['TEXT'],
          outputModalities: outputs,
          inferenceTypesSupported: inferenceTypes,
          modelLifecycle: lifecycle,
        },
      },
    };
  };
}
