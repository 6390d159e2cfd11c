import {
  BedrockClient,
  type BedrockClientConfig,
  GetAccountDataRetentionCommand,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  GetModelInvocationLoggingConfigurationCommand,
  PutAccountDataRetentionCommand,
} from '@aws-sdk/client-bedrock';
import { parseArn } from '../../boundary/arn-parts';
import { type FailureKind, failureOf, failureText } from './region-failure';

/** A failed call to a Region. */
export class RegionError extends Error {
  public override readonly name = 'RegionError';

  constructor(
    public readonly region: string,
    public readonly kind: FailureKind,
    action: string,
    options?: ErrorOptions,
  ) {
    super(failureText(kind, region, action), options);
  }
}

/** The places to which model invocation logging writes every prompt and answer. */
export interface InvocationLogging {
  readonly buckets: readonly string[];
  readonly logGroup?: string;
}

/** The life of a model, according to Bedrock in a Region; the days are `YYYY-MM-DD`, and null if it names none. */
export interface ModelLifecycle {
  readonly isLegacy: boolean;
  readonly legacyFrom: string | null;
  readonly endsAt: string | null;
}

/** The only calls to Bedrock's control plane, in any Region. */
export class ControlPlane {
  private readonly clients = new Map<string, BedrockClient>();

  /**
   * @param config the client settings for a Region
   * @param deniedDelayMs the wait before a denied call is repeated: permissions that a deployment has just given take some seconds
   *   to apply
   * @param deniedAttempts the most attempts for a denied call
   */
  constructor(
    private readonly config: (region: string) => BedrockClientConfig,
    private readonly deniedDelayMs = 5_000,
    private readonly deniedAttempts = 4,
  ) {}

  /** The account's retention mode in a Region. */
  public async retentionMode(region: string): Promise<string> {
    return this.call(region, 'GetAccountDataRetention', async (client) => {
      const { mode } = await client.send(new GetAccountDataRetentionCommand({}));
      if (typeof mode !== 'string') throw new TypeError('no mode');
      return mode;
    });
  }

  /** Sets Bedrock's retention mode to `none` in a Region, for the whole account. No call here sets another mode. */
  public async setRetentionNone(region: string): Promise<void> {
    await this.call(region, 'PutAccountDataRetention', (client) =>
      client.send(new PutAccountDataRetentionCommand({ mode: 'none' })),
    );
  }

  public async invocationLogging(region: string): Promise<InvocationLogging | undefined> {
    return this.call(region, 'GetModelInvocationLoggingConfiguration', async (client) => {
      const { loggingConfig } = await client.send(new GetModelInvocationLoggingConfigurationCommand({}));
      const { s3Config, cloudWatchConfig } = loggingConfig ?? {};
      if (s3Config === undefined && cloudWatchConfig === undefined) return undefined;
      return {
        buckets: [...new Set([s3Config?.bucketName, cloudWatchConfig?.largeDataDeliveryS3Config?.bucketName])].filter(
          (name) => name !== undefined,
        ),
        logGroup: cloudWatchConfig?.logGroupName,
      };
    });
  }

  /** The Regions to which an inference profile routes when it is called in a Region, sorted. */
  public async profileRegions(region: string, id: string): Promise<string[]> {
    return this.call(region, 'GetInferenceProfile', async (client) => {
      const { models = [] } = await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: id }));
      // An ARN without a Region may mean any Region. Its marker isn't the name of a Region.
      const regions = models.map(({ modelArn = '' }) => parseArn(modelArn)?.region || ANYWHERE);
      return [...new Set(regions.length === 0 ? [ANYWHERE] : regions)].sort();
    });
  }

  /** How long a model is served, according to Bedrock in a Region. */
  public async modelLifecycle(region: string, modelId: string): Promise<ModelLifecycle> {
    return this.call(region, 'GetFoundationModel', async (client) => {
      const { modelDetails } = await client.send(new GetFoundationModelCommand({ modelIdentifier: modelId }));
      const { status, legacyTime, endOfLifeTime } = modelDetails?.modelLifecycle ?? {};
      if (typeof status !== 'string') throw new TypeError('no lifecycle');
      return { isLegacy: status !== 'ACTIVE', legacyFrom: dayOf(legacyTime), endsAt: dayOf(endOfLifeTime) };
    });
  }

  private async call<T>(region: string, action: string, send: (client: BedrockClient) => Promise<T>): Promise<T> {
    const client = this.clients.get(region) ?? new BedrockClient(this.config(region));
    this.clients.set(region, client);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(client);
      } catch (error) {
        const kind = failureOf(error, region);
        if (kind !== 'denied' || attempt >= this.deniedAttempts) {
          throw new RegionError(region, kind, action, { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, this.deniedDelayMs));
      }
    }
  }
}

/** The marker for a profile for which Bedrock names no Region. */
export const ANYWHERE = 'anywhere';

const dayOf = (time: Date | undefined): string | null => time?.toISOString().slice(0, 10) ?? null;
