import { PLATFORM } from '../facts/generated/platform';
import type { ExternalLine } from './inventory-line';

/** What `euOwnedOnly` doesn't change. */
export const EU_OWNED_ONLY =
  'Only models of companies whose owner is under the law of an EU member state are called. The platform itself is AWS: ' +
  `${PLATFORM.company}, whose owner, ${PLATFORM.owner}, is under the law of ${PLATFORM.ownerCountry} (as of ${PLATFORM.asOf}).`;

/** What is stated about a destination outside AWS, besides its place and what it retains: a clause each. */
export function externalText({
  host,
  company,
  ownerCountry,
  sharedCdn,
  retainsAnyway,
  contract,
  accepted,
  deployment,
}: ExternalLine): string[] {
  return [
    `outside AWS, at ${host} of ${company ?? 'a company that no source names'}; its owner is ${lawOf(ownerCountry)}`,
    `of every customer, it retains ${retainsAnyway}`,
    ...(contract === undefined ? [] : [`its contract, as declared: ${contract}`]),
    ...(accepted === undefined ? [] : [`its wider definition of Europe is accepted because ${accepted}`]),
    ...(deployment === undefined ? [] : [deploymentText(deployment)]),
    ...(sharedCdn === true
      ? ['its host is behind a CDN that others share, so the place rests on its claim alone']
      : []),
  ];
}

const lawOf = (country: string | null): string => (country === null ? 'unknown' : `under the law of ${country}`);

const deploymentText = ({ sku, readOn }: NonNullable<ExternalLine['deployment']>): string =>
  readOn === undefined
    ? `its SKU is ${sku}, as its owner claims`
    : `its SKU is ${sku}, as read from Azure on ${readOn}`;
