import { BedrockClient, GetFoundationModelAvailabilityCommand } from '@aws-sdk/client-bedrock';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { bedrockDestinations, type Check } from './subject';
import { unseen } from './unseen';

const of = linesOf('model access');

interface Queried {
  readonly modelId: string;
  readonly region: string;
  /** Whether it is called there directly, not through a profile. */
  readonly direct: boolean;
}

/** Whether the account can call each model, in every Region that may process a request to it. */
export const modelAccess: Check = (subject) =>
  inTurns(queried(subject), 8, async ({ modelId, region, direct }) => {
    try {
      const client = new BedrockClient(clientSettings(subject.caller, 'bedrock', region));
      const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
      const wanting = [
        answer.agreementAvailability?.status !== 'AVAILABLE' && 'its agreement is not accepted',
        answer.authorizationStatus !== 'AUTHORIZED' && 'the account is not authorised',
        answer.entitlementAvailability !== 'AVAILABLE' && 'the account is not entitled to it',
        // Some Regions serve a model only through profiles; this field says so.
        direct && answer.regionAvailability !== 'AVAILABLE' && 'the Region does not serve it',
      ].filter(Boolean);
      if (wanting.length === 0) return of(region).ok(modelId);
      return of(region).missing(
        `${modelId}: ${wanting.join(', ')}`,
        `open the model in the catalog and request access: https://${region}.console.aws.amazon.com/bedrock/home?region=${region}#/model-catalog`,
      );
    } catch (error) {
      const lines = of(region);
      return unseen(
        { ...lines, notVisible: (found, fix) => lines.notVisible(`${modelId}: ${found}`, fix) },
        region,
        'bedrock:GetFoundationModelAvailability',
        error,
      );
    }
  });

function queried(subject: Parameters<typeof bedrockDestinations>[0]): Queried[] {
  const all = bedrockDestinations(subject).flatMap(({ modelId, throughProfile, sourceRegion, regions }) =>
    [...new Set([sourceRegion, ...regions])].map((region) => ({ modelId, region, direct: !throughProfile })),
  );
  const each = new Map<string, Queried>();
  for (const one of all) {
    const key = `${one.modelId} ${one.region}`;
    each.set(key, { ...one, direct: one.direct || (each.get(key)?.direct ?? false) });
  }
  return [...each.values()];
}
