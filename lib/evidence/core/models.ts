import type { RefusalReason } from '../../boundary/decision';
import { factsOf } from '../../boundary/facts-of';
import { lifeOf, lifeText } from '../../boundary/lifecycle';
import type { DestinationLine, InventoryLine } from '../../report/inventory-line';
import type { EvidenceContext } from './context';
import type { ModelRow } from './evidence';
import { placeVerdict } from './place';
import { idOf, rowOf, statedOf, type Verdict } from './row';
import { pointerOf } from './stores';

/** Every destination that a gateway can call. */
export function modelRows(lines: readonly InventoryLine[], context: EvidenceContext): ModelRow[] {
  return lines.flatMap((line) =>
    line.destinations.map((destination) => {
      const { id, models, sourceRegion, regions, processedIn, providerRetains, modelId, external } = destination;
      const stated = statedOf([
        processedVerdict(destination, line.stack, context),
        ...[sourceRegion, ...regions].map((region) =>
          placeVerdict('model.place', region, line.stack, context, PROCESSED),
        ),
        externalVerdict(destination, line.stack, context),
        retainedVerdict(destination),
        lifeVerdict(destination, line.stack, context),
      ]);
      const { stack, name } = line;
      const endsOn = modelId === undefined ? undefined : factsOf(context.boundary).model(modelId)?.endsAt;
      return {
        ...rowOf(idOf('model', stack, name, id), stated, pointerOf(line, context), context),
        stack,
        gateway: name,
        models,
        destination: id,
        sourceRegion,
        processedIn,
        regions,
        providerRetains,
        ...(typeof endsOn === 'string' && { endsOn }),
        ...(external !== undefined && { external }),
      };
    }),
  );
}

const PROCESSED = 'It is called or processed in';

/** Reasons for which requests may be processed outside; the others leave the place unknown. */
const OUTSIDE: readonly RefusalReason[] = ['outside', 'anywhere', 'routes-outside'];

function processedVerdict(
  { processedIn: { text, basis }, refused }: DestinationLine,
  stack: string,
  { boundaryOf }: EvidenceContext,
): Verdict {
  const criterion = 'model.place';
  const boundary = boundaryOf(stack);
  if (refused !== undefined) {
    return {
      criterion,
      status: OUTSIDE.includes(refused.reason) ? 'failed' : 'unknown',
      reason: `A role may call it, and the boundary refuses it: ${refused.detail}.`,
      remedy: `Name a destination that stays inside ${boundary.label}, and synthesize again.`,
      basis,
    };
  }
  if (basis.kind === 'claimed' && basis.stale) {
    return {
      criterion,
      status: 'attention',
      reason: `The statement that requests are processed in ${text} is too old to rely on.`,
      remedy: "Accept a newer facts release with 'eu-residency facts update FILE', or update the package.",
      basis,
    };
  }
  return { criterion, status: 'ok', reason: `Requests are processed in ${text}, inside ${boundary.label}.`, basis };
}

/** Whether the place of a host outside AWS is accepted though it is wider than the boundary, or rests on its provider's claim alone. */
function externalVerdict(
  { processedIn: { text, basis }, external, refused }: DestinationLine,
  stack: string,
  { boundaryOf }: EvidenceContext,
): Verdict | undefined {
  if (external === undefined || refused !== undefined) return undefined;
  const { provider, host, accepted, sharedCdn } = external;
  if (accepted !== undefined) {
    return {
      criterion: 'model.place',
      status: 'attention',
      reason: `${provider} processes requests in ${text}, wider than ${boundaryOf(stack).label}; accepted because ${accepted}.`,
      remedy: 'Review the acceptance, and name another destination once its reason no longer applies.',
      basis,
    };
  }
  if (sharedCdn !== true) return undefined;
  return {
    criterion: 'model.place',
    status: 'attention',
    reason: `${host} is behind a CDN that others share, so its place rests on the claim of ${provider} alone.`,
    remedy: 'Name a destination at a host of its own, or accept the claim.',
    basis,
  };
}

function retainedVerdict({ providerRetains: { text, basis } }: DestinationLine): Verdict | undefined {
  if (basis.kind === 'claimed' && !basis.stale && text === 'nothing') return undefined;
  return {
    criterion: 'model.retention',
    status: 'attention',
    reason:
      basis.kind === 'claimed' && basis.stale
        ? 'The statement of what the provider retains is too old to rely on.'
        : `Of a request, the provider retains: ${text}.`,
    remedy: 'Name a destination whose provider retains nothing, or agree with the provider on what it retains.',
    basis,
  };
}

function lifeVerdict(
  { modelId, processedIn }: DestinationLine,
  stack: string,
  { boundaryOf }: EvidenceContext,
): Verdict | undefined {
  const text = modelId === undefined ? undefined : lifeText(lifeOf(factsOf(boundaryOf(stack)), modelId));
  if (text === undefined) return undefined;
  return {
    criterion: 'model.life',
    status: 'attention',
    reason: `The model ${text}.`,
    remedy: 'Name another model before that day.',
    basis: processedIn.basis,
  };
}
