import type { ResidencyBoundary } from '../boundary/boundary';
import { findRegion } from '../facts/region';
import type { TemplateInput } from '../guard/assembly/template-input';
import { exportsOf } from '../guard/template/exports';
import { Reference } from '../guard/template/node';
import { isOn, knownText, type Resource, resourcesOf } from '../guard/template/resource';
import type { ExportedValue } from '../guard/template/scope';
import { destinationsOf } from './destinations';
import { ENFORCED, type InventoryLine } from './inventory-line';

/** The stores and gateways of synthesized stacks, read from the templates that are deployed. */
export function inventory(
  templates: readonly TemplateInput[],
  boundary: ResidencyBoundary,
  now: Date,
): InventoryLine[] {
  const exports = new Map(
    templates.flatMap(({ template, stack, deployRegion }) => exportsOf(template, stack, deployRegion)),
  );
  const paths = new Map(templates.map((input) => [input.stack, constructPaths(resourcesIn(input, exports))]));
  return templates.flatMap((input) => {
    const resources = resourcesIn(input, exports);
    return resources.flatMap((resource) => lineOf(resource, resources, input, { boundary, now, paths }));
  });
}

interface Reading {
  readonly boundary: ResidencyBoundary;
  readonly now: Date;
  /** Stack to logical id to construct path. */
  readonly paths: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function lineOf(
  resource: Resource,
  resources: readonly Resource[],
  input: TemplateInput,
  reading: Reading,
): InventoryLine[] {
  const describe = KINDS[resource.type];
  if (describe === undefined) return [];
  const region = input.deployRegion ?? 'unknown';
  const { kind, key, kept } = describe(resource, (path) => keyOf(resource, path, input.stack, reading));
  return [
    {
      stack: input.stack,
      name: reading.paths.get(input.stack)?.get(resource.logicalId) ?? resource.logicalId,
      kind,
      region,
      country: findRegion(region)?.country ?? 'unknown',
      key,
      kept,
      basis: ENFORCED,
      destinations:
        resource.type === 'AWS::ApiGateway::RestApi' ? destinationsOf(resources, reading.boundary, reading.now) : [],
    },
  ];
}

type FindKey = (path: readonly string[]) => string;
type Describe = (resource: Resource, key: FindKey) => Pick<InventoryLine, 'kind' | 'key' | 'kept'>;

const KINDS: Readonly<Record<string, Describe>> = {
  'AWS::DynamoDB::GlobalTable': (table, key) => ({
    kind: 'DynamoDB table',
    key: key(['Replicas', '*', 'SSESpecification', 'KMSMasterKeyId']),
    kept: table.select('TimeToLiveSpecification', 'Enabled').some(({ value }) => isOn(value))
      ? (tagged(table) ?? 'by item (TTL)')
      : 'until deleted',
  }),
  'AWS::S3::Bucket': (bucket, key) => ({
    kind: 'S3 bucket',
    key: key([
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
      '*',
      'ServerSideEncryptionByDefault',
      'KMSMasterKeyID',
    ]),
    kept: days(bucket, 'LifecycleConfiguration', 'Rules', '*', 'ExpirationInDays') ?? locked(bucket) ?? 'until deleted',
  }),
  'AWS::Logs::LogGroup': (group, key) => ({
    kind: 'log group',
    key: key(['KmsKeyId']),
    kept: days(group, 'RetentionInDays') ?? 'for ever',
  }),
  'AWS::ApiGateway::RestApi': () => ({ kind: 'gateway (REST API)', key: '-', kept: '-' }),
};

function days(resource: Resource, ...path: string[]): string | undefined {
  const found = resource.select(...path).map(({ value }) => Number(knownText(value)));
  return found.length === 0 ? undefined : `${Math.max(...found)} days`;
}

function locked(bucket: Resource): string | undefined {
  const lock = days(bucket, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Days');
  const years = bucket
    .select('ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Years')
    .map(({ value }) => knownText(value));
  const time = lock ?? (years[0] === undefined ? undefined : `${years[0]} years`);
  return time === undefined ? undefined : `at least ${time} (object lock)`;
}

/** A table's items carry their own end; the workspace's period is a tag of the table. */
function tagged(table: Resource): string | undefined {
  const [period] = table
    .select('Replicas', '*', 'Tags', '*')
    .flatMap(({ value }) =>
      typeof value === 'object' && 'Key' in value && value.Key === 'residency:retention' ? [String(value.Value)] : [],
    );
  if (period === undefined) return undefined;
  return /^\d+d$/.test(period) ? `${period.slice(0, -1)} days` : period.replaceAll('-', ' ');
}

/** Whose key encrypts a resource, by the construct that defines the key. */
function keyOf(resource: Resource, path: readonly string[], stack: string, reading: Reading): string {
  const [found] = resource.select(...path);
  if (found === undefined) return "the service's own key";
  if (!(found.value instanceof Reference)) return knownText(found.value) ?? 'a key given at deploy';
  const owner = found.value.stack ?? stack;
  const construct = reading.paths.get(owner)?.get(found.value.logicalId) ?? found.value.logicalId;
  return owner === stack ? construct : `${owner}/${construct}`;
}

const resourcesIn = (input: TemplateInput, exports: ReadonlyMap<string, ExportedValue>): Resource[] =>
  resourcesOf({ template: input.template, deployRegion: input.deployRegion, exports });

/** Logical id to the path of its construct below the stack, without the parts that only CDK's own nesting adds. */
function constructPaths(resources: readonly Resource[]): Map<string, string> {
  return new Map(
    resources.map(({ logicalId, raw }) => {
      const metadata = raw.Metadata as Readonly<Record<string, unknown>> | undefined;
      const path = typeof metadata?.['aws:cdk:path'] === 'string' ? metadata['aws:cdk:path'] : logicalId;
      return [
        logicalId,
        path
          .split('/')
          .slice(1)
          .filter((part) => part !== 'Resource')
          .join('/') || logicalId,
      ];
    }),
  );
}
