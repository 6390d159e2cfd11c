import { CHECK_METRICS, LEDGER_NAMESPACE, type LedgerMetric } from '../../contract/metrics';
import type { Json } from '../../guard/template/parse';
import { HOURS } from './money';
import type { PriceId } from './price';

/** Part of what a resource costs in a month, whether it is used or not. */
export interface Counted {
  readonly item: string;
  /** None: the facts have no price for it. */
  readonly price?: PriceId;
  /** None: the template doesn't say how many units. */
  readonly quantity?: number;
}

/** An interface endpoint is billed in each zone. Endpoints of the kind `Gateway` cost nothing. */
export function endpoints({ VpcEndpointType: kind = 'Gateway', SubnetIds }: Json): Counted[] {
  if (kind === 'Gateway') return [];
  const item = 'interface endpoints';
  if (kind !== 'Interface') return [{ item: 'endpoints of other kinds' }];
  return [
    { item, price: 'interface-endpoint', ...(Array.isArray(SubnetIds) && { quantity: SubnetIds.length * HOURS }) },
  ];
}

/** The managed rule group that the foundation uses; others can have a fee of their own. */
const WITHOUT_FEE = 'AWSManagedRulesAmazonIpReputationList';

export function webAcl({ Rules }: Json): Counted[] {
  const rules = Array.isArray(Rules) ? Rules : [];
  const groups = rules.map((rule) => rule?.Statement?.ManagedRuleGroupStatement?.Name);
  return [
    { item: 'web ACL', price: 'web-acl', quantity: 1 },
    { item: 'rules of the web ACL', price: 'web-acl-rule', ...(Array.isArray(Rules) && { quantity: rules.length }) },
    ...groups
      .filter((name) => name !== undefined && name !== WITHOUT_FEE)
      .map(() => ({ item: 'fees of managed rule groups' })),
  ];
}

/** The metric that the ledger sends in every hour; its other ones are sent only if there is something to count. */
const HOURLY: LedgerMetric = 'hoursClosed';

/** An alarm is billed by the metrics that it watches, and more if it evaluates them in less than a minute. */
export function alarm({ Metrics, Period, Namespace, MetricName }: Json): Counted[] {
  const watched = Array.isArray(Metrics) ? Metrics.filter((metric) => metric?.MetricStat !== undefined) : undefined;
  const periods = watched?.map((metric) => metric.MetricStat.Period) ?? [Period];
  const isFast = periods.some((period) => typeof period === 'number' && period < 60);
  return [
    { item: 'alarms', price: isFast ? 'alarm-high-resolution' : 'alarm', quantity: watched?.length ?? 1 },
    // The only sign of it in a template is its alarm.
    ...(Namespace === LEDGER_NAMESPACE && MetricName === HOURLY
      ? [{ item: 'metrics of the ledger', price: 'custom-metric' as const, quantity: 1 }]
      : []),
  ];
}

/** The hourly check sends each of its metrics in every hour. CloudWatch bills a metric for the hours in which it is sent. */
export const checkMetrics = (): Counted[] => [
  { item: 'metrics of the hourly check', price: 'custom-metric', quantity: CHECK_METRICS.length },
];

/** A firewall has an endpoint, which is billed by the hour, in each of its subnets. */
export const firewallEndpoints = ({ SubnetMappings }: Json): Counted[] => [
  {
    item: 'firewall endpoints',
    price: 'firewall-endpoint',
    ...(Array.isArray(SubnetMappings) && { quantity: SubnetMappings.length * HOURS }),
  },
];

/** The names of a list of DNS Firewall; those of a file in a bucket aren't in the template. */
export const listedNames = ({ Domains }: Json): Counted[] => [
  {
    item: 'names of DNS Firewall',
    price: 'dns-firewall-domain',
    ...(Array.isArray(Domains) && { quantity: Domains.length }),
  },
];

/** One unit in each hour for each resource of a type. */
export const hourly = (item: string, price: PriceId) => (): Counted[] => [{ item, price, quantity: HOURS }];

/** One unit for each resource of a type. */
export const each = (item: string, price: PriceId) => (): Counted[] => [{ item, price, quantity: 1 }];
