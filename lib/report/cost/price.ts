import { isStale } from '../../facts/age';
import { SERVICE_PRICES } from '../../facts/generated/service-prices';
import { findRegion } from '../../facts/region';
import { isReliable } from '../../facts/reliance';
import type { ServicePriceFact } from '../../facts/types';

/** Whatever an AWS service charges for, by its id in the facts. */
export type PriceId =
  | 'interface-endpoint'
  | 'interface-endpoint-data'
  | 'kms-key'
  | 'kms-request'
  | 'web-acl'
  | 'web-acl-rule'
  | 'web-acl-request'
  | 'alarm'
  | 'alarm-high-resolution'
  | 'alarm-composite'
  | 'custom-metric'
  | 'dashboard'
  | 'log-ingestion'
  | 'log-storage'
  | 'table-write'
  | 'table-read'
  | 'table-storage'
  | 'table-backup'
  | 'bucket-storage'
  | 'function-time'
  | 'function-request'
  | 'api-request'
  | 'internet-transfer'
  | 'trail-event'
  | 'cognito-user'
  | 'cognito-federated-user'
  | 'secret'
  | 'secret-request'
  | 'hosted-zone'
  | 'firewall-endpoint'
  | 'firewall-data'
  | 'nat-behind-firewall'
  | 'public-address'
  | 'dns-firewall-domain'
  | 'dns-firewall-query';

/** A price in force, in US dollars for `units` units. */
export type Price = Pick<ServicePriceFact, 'usd' | 'units' | 'unit' | 'free' | 'source' | 'asOf'> & {
  readonly stale: boolean;
};

/** The price of a service in a Region; none if no reliable source of that Region was read. */
export function servicePrice(id: PriceId, region: string, now: Date): Price | undefined {
  const rows = SERVICE_PRICES.filter((row) => row.id === id && isReliable(row));
  // A price for every Region was read in the partition of most accounts; the others have price lists of their own.
  const everywhere = findRegion(region)?.partition === 'aws' ? rows.find((row) => row.region === null) : undefined;
  const fact = rows.find((row) => row.region === region) ?? everywhere;
  if (fact === undefined) return undefined;
  const { usd, units, unit, free, source, asOf } = fact;
  return { usd, units, unit, free, source, asOf, stale: isStale('servicePrice', fact, now) };
}

/** A price in one phrase: `$0.60 per 1,000,000 requests`, `$1.00 per key`. */
export function pricePhrase({ usd, units, unit, stale }: Price): string {
  const cents = usd * 100;
  const text = Math.abs(Math.round(cents) - cents) < 1e-9 ? usd.toFixed(2) : `${usd}`;
  return `$${text} per ${units === 1 ? singular(unit) : `${units.toLocaleString('en-US')} ${unit}`}${stale ? '*' : ''}`;
}

/** A number of units: `1 key`, `4,380 zone-hours`, `0.23 GB`. */
export function quantityPhrase(quantity: number, unit: string): string {
  const digits = quantity < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 };
  return `${quantity.toLocaleString('en-US', digits)} ${quantity === 1 ? singular(unit) : unit}`;
}

const singular = (unit: string) => unit.replace(/s$/, '');
