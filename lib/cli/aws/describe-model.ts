import {
  BedrockClient,
  GetAccountDataRetentionCommand,
  GetFoundationModelCommand,
  type GetFoundationModelResponse,
  GetInferenceProfileCommand,
} from '@aws-sdk/client-bedrock';
import { parseArn } from '../../boundary/arn-parts';
import { looksLikeProfile } from '../../boundary/profile-id';
import type { AdmittedRow } from '../../config/schema/admitted-schema';
import type { ModelKind } from '../../facts/model-facts';
import { failureOf } from '../../runtime/settings/region-failure';
import { UsageError } from '../shared/usage-error';
import { type Caller, clientSettings } from './caller';

/** Bedrock's own answer about a model or a profile, as it is written to the file. */
export type Described = Pick<AdmittedRow, 'geography' | 'regions' | 'modelArns' | 'model' | 'retentionMode'>;

/**
 * Asks Bedrock in a Region what a model or profile is, where it may process requests, and how long it lives.
 *
 * @param kind the model's kind, if Bedrock's answer doesn't show it
 * @throws UsageError if Bedrock can't be asked, knows no such id, or describes something that can't be admitted
 */
export async function describeModel(caller: Caller, id: string, region: string, kind?: ModelKind): Promise<Described> {
  const client = new BedrockClient(clientSettings(caller, 'bedrock', region));
  const call = <T>(action: string, send: Promise<T>) => send.catch((error) => refuse(id, region, action, error));
  const isProfile = looksLikeProfile(id);
  const arns = isProfile
    ? arnsOf(
        id,
        await call(
          'GetInferenceProfile',
          client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: id })),
        ),
      )
    : [];
  const modelId = isProfile ? modelOf(id, arns) : id;
  const answer = await call(
    'GetFoundationModel',
    client.send(new GetFoundationModelCommand({ modelIdentifier: modelId })),
  );
  const { mode } = await call('GetAccountDataRetention', client.send(new GetAccountDataRetentionCommand({})));
  const modelArns = isProfile ? arns : [answer.modelDetails?.modelArn ?? ''];
  return {
    ...(isProfile && { geography: id.slice(0, id.indexOf('.')) }),
    regions: [...new Set(modelArns.map((arn) => regionOf(id, arn)))].sort(),
    modelArns: [...new Set(modelArns)].sort(),
    model: modelFrom(id, answer, kind),
    retentionMode: mode ?? 'unknown',
  };
}

type Profile = { readonly type?: string; readonly models?: readonly { readonly modelArn?: string }[] };

function arnsOf(id: string, { type, models = [] }: Profile): string[] {
  if (type !== 'SYSTEM_DEFINED') {
    throw new UsageError(
      `'${id}' is an application profile of this account, which can be changed without notice, so it can't be admitted; admit the system profile that it copies`,
    );
  }
  return models.map(({ modelArn = '' }) => modelArn);
}

function modelOf(id: string, arns: readonly string[]): string {
  const ids = new Set(arns.map((arn) => parseArn(arn)?.resource.replace(/^foundation-model\//, '')));
  const [modelId] = ids;
  if (ids.size === 1 && modelId !== undefined) return modelId;
  throw new UsageError(
    `Bedrock names ${arns.length === 0 ? 'no model' : `${ids.size} models`} for '${id}', so nothing about it is certain; it can't be admitted`,
  );
}

/** An ARN without a Region may mean any Region, so it proves nothing. */
function regionOf(id: string, arn: string): string {
  const region = parseArn(arn)?.region;
  if (region !== undefined && region !== '') return region;
  throw new UsageError(
    `Bedrock names no Region for '${id}', so it may be processed anywhere; it can't be admitted: use a model or an 'eu.' profile with Regions`,
  );
}

function modelFrom(id: string, { modelDetails }: GetFoundationModelResponse, kind?: ModelKind): AdmittedRow['model'] {
  const { modelId, modelName, providerName, outputModalities = [], inferenceTypesSupported = [] } = modelDetails ?? {};
  const { status, startOfLifeTime, legacyTime, endOfLifeTime } = modelDetails?.modelLifecycle ?? {};
  const found = kind ?? kindFrom(outputModalities);
  if (modelId === undefined || status === undefined) {
    throw new UsageError(
      `Bedrock's answer about '${id}' has no id or no lifecycle; try again, or with a newer version`,
    );
  }
  if (found === undefined) {
    throw new UsageError(
      `Bedrock's answer doesn't show what kind of model '${id}' is (output: ${outputModalities.join(', ') || 'nothing'}); add --kind, such as --kind text`,
    );
  }
  const days = { releasedAt: dayOf(startOfLifeTime), legacyFrom: dayOf(legacyTime), endsAt: dayOf(endOfLifeTime) };
  return {
    id: modelId,
    name: modelName ?? modelId,
    provider: providerName ?? modelId.slice(0, modelId.indexOf('.')),
    kind: found,
    inferenceTypes: [...inferenceTypesSupported],
    status,
    ...Object.fromEntries(Object.entries(days).filter(([, day]) => day !== undefined)),
  };
}

const KINDS: Readonly<Record<string, ModelKind>> = {
  EMBEDDING: 'embedding',
  IMAGE: 'image',
  VIDEO: 'video',
  SPEECH: 'speech',
  TEXT: 'text',
};

/** A model with several outputs is of the rarest kind: one that also answers in text may still make images. */
const kindFrom = (outputs: readonly string[]): ModelKind | undefined =>
  Object.entries(KINDS).find(([output]) => outputs.includes(output))?.[1];

const dayOf = (time: Date | undefined) => time?.toISOString().slice(0, 10);

function refuse(id: string, region: string, action: string, error: unknown): never {
  if (error instanceof UsageError) throw error;
  const [found, fix] = WHY[failureOf(error, region)](id, region, action);
  throw new UsageError(`${found}; nothing was written: ${fix}`);
}

const WHY: Readonly<
  Record<ReturnType<typeof failureOf>, (id: string, region: string, action: string) => readonly [string, string]>
> = {
  missing: (id, region) => [
    `Bedrock knows no '${id}' in ${region}`,
    'check the id, or name a Region that serves it with --region',
  ],
  denied: (_, region, action) => [
    `bedrock:${action} is denied in ${region}`,
    'allow your user or role to call it; a service control policy may deny the Region too',
  ],
  'not-enabled': (_, region) => [
    `${region} is an opt-in Region that this account hasn't enabled`,
    `enable it: aws account enable-region --region-name ${region}`,
  ],
  throttled: (_, region) => [`Bedrock throttles calls in ${region}`, 'try again in a few minutes'],
  unreachable: (_, region) => [
    `Bedrock can't be reached in ${region} from here`,
    'check the network, a proxy or a VPN, and try again',
  ],
  failed: (id, region, action) => [`bedrock:${action} failed for '${id}' in ${region}`, 'check the id, and try again'],
};
