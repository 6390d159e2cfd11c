import type { ResidencyBoundary } from '../boundary/boundary';
import { decideDestination } from '../boundary/destination';
import { findProfile } from '../boundary/profile';
import { findRetention } from '../boundary/retention';
import { type FactKind, isStale } from '../facts/age';
import { findRegion } from '../facts/region';
import type { Sourced } from '../facts/types';
import { texts } from '../guard/template/expand';
import { isMap } from '../guard/template/node';
import type { Resource } from '../guard/template/resource';
import { type Basis, type DestinationLine, ENFORCED } from './inventory-line';

/** `arn:aws:bedrock:eu-central-1:…:inference-profile/eu.x` or `arn:aws:bedrock:eu-central-1::foundation-model/x`. */
const BEDROCK = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):[^:]*:(inference-profile|foundation-model)\/(.+)$/;

/** What the roles of a stack may call directly: profiles, and models that no condition ties to a profile. */
export function destinationsOf(
  resources: readonly Resource[],
  boundary: ResidencyBoundary,
  now: Date,
): DestinationLine[] {
  const called = resources
    .filter((resource) => resource.type === 'AWS::IAM::Policy')
    .flatMap((policy) =>
      policy.select('PolicyDocument', 'Statement', '*').map(({ value }) => ({ statement: value, scope: policy.scope })),
    )
    .flatMap(({ statement, scope }) =>
      isMap(statement) && statement.Condition === undefined ? lists(statement.Resource, scope) : [],
    );
  return [...new Set(called)].flatMap((arn) => destination(arn, boundary, now));
}

function lists(resource: unknown, scope: Resource['scope']): string[] {
  return (Array.isArray(resource) ? resource : [resource]).flatMap((item) => texts(item, scope));
}

function destination(arn: string, boundary: ResidencyBoundary, now: Date): DestinationLine[] {
  const [, region = '', , id = ''] = BEDROCK.exec(arn) ?? [];
  if (id === '') return [];
  const decision = decideDestination(boundary, region, id);
  if (!decision.inside) return [];
  const { regions, modelId, throughProfile } = decision.destination;
  const profile = findProfile(id);
  const retention = findRetention(modelId);
  return [
    {
      id,
      processedIn: regions.map((code) => `${code} (${findRegion(code)?.country})`).join(', '),
      basis: throughProfile && profile ? claimed('profile', profile, now) : ENFORCED,
      providerKeeps:
        retention === undefined
          ? 'unknown'
          : retention.days === 0
            ? 'nothing'
            : `${retention.what}, ${retention.days ?? '?'} days`,
      keepsBasis:
        retention === undefined
          ? { kind: 'claimed', by: 'nobody', asOf: 'never', stale: true }
          : claimed('modelRetention', retention, now),
    },
  ];
}

const claimed = (kind: FactKind, fact: Sourced, now: Date): Basis => ({
  kind: 'claimed',
  by: 'AWS',
  asOf: fact.asOf,
  stale: isStale(kind, fact, now),
});
