import { BedrockClient, GetFoundationModelAvailabilityCommand } from '@aws-sdk/client-bedrock';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { accessFix } from './access-fix';
import { bedrockDestinations, type Check } from './subject';
import { unseen } from './unseen';

const of = linesOf('model access');

interface Queried {
  readonly modelId: string;
  readonly region: string;
  /** Whether it is called by the API `chat-completions`, about which this answer says nothing. */
  readonly byChat: boolean;
  /** Whether it is called there directly, not through a profile. */
  readonly direct: boolean;
}

/** Whether the account can call each model, in every Region that may process a request to it. */
export const modelAccess: Check = (subject) =>
  inTurns(queried(subject), 8, async ({ modelId, region, byChat, direct }) => {
    try {
      const client = new BedrockClient(clientSettings(subject.caller, 'bedrock', region));
      const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
      const agreement = answer.agreementAvailability?.status;
      if (agreement === 'PENDING') {
        const found = `${modelId}: its agreement is being made`;
        return of(region).missing(found, 'run doctor again in a few minutes; it can take 15 minutes');
      }
      const isAgreed = agreement === 'AVAILABLE';
      const toRequest = [
        !isAgreed && 'its agreement is not accepted',
        answer.authorizationStatus !== 'AUTHORIZED' && 'the account is not authorised',
        answer.entitlementAvailability !== 'AVAILABLE' && 'the account is not entitled to it',
      ].filter(Boolean);
      // Some Regions serve a model only through profiles; this field says so.
      if (direct && answer.regionAvailability !== 'AVAILABLE') {
        const fix = `choose a model or profile that can be called there: npx eu-residency models --region ${region}`;
        return of(region).missing([`${modelId}: the Region does not serve it`, ...toRequest].join(', '), fix);
      }
      if (toRequest.length === 0) return of(region).ok(byChat ? `${modelId}${UNASKED}` : modelId);
      const fix = accessFix({ modelId, region, isAgreed });
      return of(region).missing(`${modelId}: ${toRequest.join(', ')}`, fix);
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

const UNASKED = "; its model card says whether Bedrock serves it by chat-completions, which can't be asked";

function queried(subject: Parameters<typeof bedrockDestinations>[0]): Queried[] {
  const all = bedrockDestinations(subject).flatMap(({ modelId, throughProfile, sourceRegion, regions, api }) =>
    [...new Set([sourceRegion, ...regions])].map((region) => ({
      modelId,
      region,
      byChat: api !== undefined,
      direct: !throughProfile,
    })),
  );
  const each = new Map<string, Queried>();
  for (const one of all) {
    const key = `${one.modelId} ${one.region}`;
    const known = each.get(key);
    each.set(key, {
      ...one,
      byChat: one.byChat || known?.byChat === true,
      direct: one.direct || known?.direct === true,
    });
  }
  return [...each.values()];
}
