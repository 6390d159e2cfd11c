import { AZURE_GEOGRAPHIES } from '../facts/generated/azure-geographies';
import { AZURE_SKUS } from '../facts/generated/azure-skus';
import { CLOUD_LOCATIONS } from '../facts/generated/cloud-locations';
import { EU_COUNTRIES } from '../facts/generated/countries';
import { isReliable } from '../facts/reliance';
import type { CloudLocationFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';
import type { AzureDeployment, DeclaredProvider } from './declared-provider';
import { factsOf } from './facts-of';
import { didYouMean } from './nearest';
import { refusedCache } from './prompt-cache';
import { acceptanceOf, europeOf, refusedWider, widerEuropeOf } from './wider-europe';

/** The most days since the check result of a deployment that serves a project, unless the owner declares fewer. */
export const MAX_CHECK_AGE_DAYS = 90;

/** The form of the name of a resource, which is the first label of its host. */
export const AZURE_RESOURCE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const LOCATIONS = CLOUD_LOCATIONS.filter(({ provider }) => provider === 'azure');

/** Where a deployment of Azure's is processed. */
export interface AzurePlace {
  readonly inside: true;
  readonly regions: readonly string[];
  /** Set if a place wider than the boundary is accepted. */
  readonly accepted?: string;
  /** The first day on which it serves no project any more. */
  readonly until?: string;
}

/**
 * Whether a deployment of Azure's is processed inside the boundary. Its host doesn't say where: the SKU of the deployment decides it,
 * together with the Region of the resource.
 */
export function decideAzure(
  boundary: ResidencyBoundary,
  declared: DeclaredProvider,
  model: string,
  host: string,
  keepsContent: boolean,
): AzurePlace | Refused {
  const place: Place = { kind: 'host', value: host };
  const location = LOCATIONS.find(({ name }) => name === declared.region);
  if (location === undefined) {
    const names = LOCATIONS.map(({ name }) => name);
    const detail = `the facts contain no Region '${declared.region ?? ''}' of Azure${didYouMean(declared.region, names)}`;
    return refused(place, 'unknown', detail);
  }
  const deployment = declared.deployments?.find(({ name }) => name === model);
  if (deployment === undefined) return withoutSku(place, declared, model);
  const processed = bySku(boundary, place, declared, deployment, location);
  if (!processed.inside || keepsContent) return processed;
  return refusedCache(place, 'Azure', deployment.model) ?? checkedIn(boundary, place, declared, deployment, processed);
}

function withoutSku(place: Place, { name, deployments = [] }: DeclaredProvider, model: string): Refused {
  const known = deployments.map((deployment) => deployment.name);
  return refused(
    place,
    'unknown',
    `the SKU of deployment '${model}', which decides where Azure processes its requests, isn't declared; add it to 'deployments' of ` +
      `'${name}', such as { name: ${model}, sku: DataZoneStandard, model: gpt-5.4 }${didYouMean(model, known)}`,
  );
}

function bySku(
  boundary: ResidencyBoundary,
  place: Place,
  declared: DeclaredProvider,
  { name, sku }: AzureDeployment,
  location: CloudLocationFact,
): AzurePlace | Refused {
  const row = AZURE_SKUS.find((candidate) => candidate.sku === sku);
  const usable = AZURE_SKUS.filter(({ reach }) => reach === 'zone' || reach === 'geography').map((one) => one.sku);
  const what = `deployment '${name}' of SKU '${sku}'`;
  if (row === undefined) {
    return refused(
      place,
      'unknown',
      `the facts contain no SKU '${sku}' of Azure; use one of ${usable.join(', ')}${didYouMean(sku, usable)}`,
    );
  }
  if (!isReliable(row) || !isReliable(location) || location.country === null) {
    return refused(
      place,
      'unreliable',
      `no reliable source confirms where Azure processes ${what} in ${location.name}`,
    );
  }
  const { country } = location;
  switch (row.reach) {
    case 'anywhere':
      return refused(
        place,
        'anywhere',
        `Azure processes ${what} in ${row.processingScope} (as of ${row.asOf}); deploy the model with SKU ${usable.join(' or ')}`,
      );
    case 'batch':
      return refused(place, 'not-served', `${what} answers batches only; deploy the model with SKU ${usable[0]}`);
    case 'zone':
      return inZone(boundary, place, declared, country);
    case 'geography': {
      const geography = AZURE_GEOGRAPHIES.find(({ locations }) => locations.includes(location.name));
      const countries = geography?.countries ?? [country];
      if (countries.every((code) => boundary.containsCountry(code))) return { inside: true, regions: countries };
      return refused(
        place,
        'outside',
        `Azure may process ${what} in ${location.name} in ${countries.join(', ')}, outside ${boundary.label}`,
      );
    }
  }
}

/** Only a resource in an EU member state is in the EU's data zone. */
function inZone(
  boundary: ResidencyBoundary,
  place: Place,
  { name, region, accepted }: DeclaredProvider,
  country: string,
): AzurePlace | Refused {
  const fact = factsOf(boundary).provider('Azure');
  const europe = widerEuropeOf('Azure');
  if (!EU_COUNTRIES.includes(country)) {
    return refused(
      place,
      'outside',
      `'${region}' is in ${country}, and only a resource in an EU member state is in the EU's data zone`,
    );
  }
  if (fact === undefined || !isReliable(fact) || europe === undefined) {
    return refused(place, 'unreliable', `no reliable source confirms where Azure's data zone of the EU is`);
  }
  const means = europeOf(place.value, fact);
  const wider = refusedWider(boundary, place, means, accepted, acceptanceOf(name));
  if (wider !== undefined) return wider;
  return { inside: true, regions: europe.places, accepted: `${means}; accepted because ${accepted}` };
}

/** Content of projects goes only to a deployment whose SKU Azure itself reported, and not too long ago. */
function checkedIn(
  boundary: ResidencyBoundary,
  place: Place,
  { name, maxCheckAgeDays = MAX_CHECK_AGE_DAYS }: DeclaredProvider,
  deployment: AzureDeployment,
  processed: AzurePlace,
): AzurePlace | Refused {
  const what = `deployment '${deployment.name}' of '${name}'`;
  const again = `let 'eu-residency doctor --azure' read 'az cognitiveservices account deployment show -o json'`;
  const { readOn } = deployment;
  if (readOn === undefined) {
    return refused(
      place,
      'unreliable',
      `no check result confirms the SKU of ${what}, which only its owner claims; ${again}`,
    );
  }
  const until = dayAfter(readOn, maxCheckAgeDays);
  const { today } = factsOf(boundary);
  if (until <= today || readOn > today) {
    return refused(
      place,
      'expired',
      `the check result of ${what} is of ${readOn}, and must be at most ${maxCheckAgeDays} days old; ${again} again`,
    );
  }
  return { ...processed, until };
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + (days + 1) * 86_400_000).toISOString().slice(0, 10);
