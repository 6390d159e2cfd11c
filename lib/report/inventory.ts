import type { ResidencyBoundary } from '../boundary/boundary';
import type { ProfileRow } from '../boundary/profile-row';
import { findRegion } from '../facts/region';
import type { TemplateInput } from '../guard/assembly/template-input';
import { exportsOf } from '../guard/template/exports';
import { Reference } from '../guard/template/node';
import { knownText, type Resource, resourcesOf } from '../guard/template/resource';
import type { ExportedValue } from '../guard/template/scope';
import { isChosen } from './chosen';
import { claimed } from './claim';
import { constructPath } from './construct-path';
import { destinationsOf } from './destinations';
import { declaredProviders } from './external-destination';
import { BY_DEPLOYER, type Cell, ENFORCED, type InventoryLine, NOTHING } from './inventory-line';
import { partsOfBucket, retentionOfBucket, retentionOfLogGroup, retentionOfTable } from './retention';
import { retentionOf, STORE_TYPES, type StoreType } from './stores';

/** The stores and gateways of synthesized stacks, read from the templates that are deployed, with destinations inside the boundary. */
export const inventory = (
  templates: readonly TemplateInput[],
  boundary: ResidencyBoundary,
  now: Date,
  profileRows: readonly ProfileRow[] = [],
): InventoryLine[] =>
  wholeInventory(templates, { boundaryOf: () => boundary, now, profileRows }).map((line) => ({
    ...line,
    destinations: line.destinations.filter(({ refused }) => refused === undefined),
  }));

/** The same with each destination that the boundary of its stack refuses. */
export function wholeInventory(templates: readonly TemplateInput[], options: Omit<Context, 'paths'>): InventoryLine[] {
  const exports = new Map(
    templates.flatMap(({ template, stack, deployRegion }) => exportsOf(template, stack, deployRegion)),
  );
  const paths = new Map(
    templates.map((input) => [
      input.stack,
      new Map(resourcesIn(input, exports).map((resource) => [resource.logicalId, constructPath(resource)])),
    ]),
  );
  return templates.flatMap((input) => {
    const resources = resourcesIn(input, exports);
    return resources.flatMap((resource) => lineOf(resource, resources, input, { ...options, paths }));
  });
}

interface Context {
  readonly boundaryOf: (stack: string) => ResidencyBoundary;
  readonly now: Date;
  readonly profileRows: readonly ProfileRow[];
  /** Stack to logical id to construct path. */
  readonly paths: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function lineOf(
  resource: Resource,
  resources: readonly Resource[],
  input: TemplateInput,
  context: Context,
): InventoryLine[] {
  const describe = KINDS[resource.type] ?? describeOf(STORE_TYPES[resource.type]);
  if (describe === undefined) return [];
  const own = input.deployRegion ?? 'unknown';
  const isGateway = resource.type === 'AWS::ApiGateway::RestApi';
  return describe(resource, (...path) => keyOf(resource, path, input.stack, context), own).map((described) => {
    const { region = own, ...line } = described;
    return {
      stack: input.stack,
      name: context.paths.get(input.stack)?.get(resource.logicalId) ?? resource.logicalId,
      file: input.file,
      logicalId: resource.logicalId,
      region,
      country: countryOf(region, context.now),
      ...line,
      ...(isGateway && declaredProviders(resources).euOwnedOnly && { euOwnedOnly: true }),
      destinations: isGateway
        ? destinationsOf(resources, context.boundaryOf(input.stack), context.now, region, context.profileRows)
        : [],
    };
  });
}

type FindKey = (...path: string[]) => Cell;
/** A store, in one Region or in several. The Region is given if it isn't the stack's own. */
type Described = Pick<InventoryLine, 'kind' | 'key' | 'retention' | 'parts'> & { readonly region?: string };
type Describe = (resource: Resource, key: FindKey, own: string) => Described[];

const KINDS: Readonly<Record<string, Describe>> = {
  'AWS::DynamoDB::GlobalTable': (table, key, own) =>
    replicasOf(table).map((replica) => {
      const [place] = table.select('Replicas', replica, 'Region');
      const region = (place && knownText(place.value)) ?? own;
      return {
        kind: region === own ? 'DynamoDB table' : 'DynamoDB replica',
        region,
        key: key('Replicas', replica, 'SSESpecification', 'KMSMasterKeyId'),
        retention: retentionOfTable(table, 'Replicas', replica),
      };
    }),
  'AWS::DynamoDB::Table': (table, key) => [
    { kind: 'DynamoDB table', key: key('SSESpecification', 'KMSMasterKeyId'), retention: retentionOfTable(table) },
  ],
  'AWS::S3::Bucket': (bucket, key) => [
    {
      kind: 'S3 bucket',
      key: key(
        'BucketEncryption',
        'ServerSideEncryptionConfiguration',
        '*',
        'ServerSideEncryptionByDefault',
        'KMSMasterKeyID',
      ),
      retention: retentionOfBucket(bucket),
      ...(partsOfBucket(bucket).length > 0 && { parts: partsOfBucket(bucket) }),
    },
  ],
  'AWS::Logs::LogGroup': (group, key) => [
    { kind: 'log group', key: key('KmsKeyId'), retention: retentionOfLogGroup(group) },
  ],
  'AWS::ApiGateway::RestApi': () => [{ kind: 'gateway (REST API)' }],
};

/** A store whose key and period are each one property. */
function describeOf(store: StoreType | undefined): Describe | undefined {
  if (store === undefined) return undefined;
  const path = store.key?.split('/') ?? [];
  return (resource, key) => {
    const isNamed = path.length > 0 && resource.select(...path).length > 0;
    return [{ kind: store.kind, key: isNamed ? key(...path) : NO_KEY, retention: retentionOf(resource, store) }];
  };
}

/** Some of these types are then encrypted under a key of the service, and some aren't encrypted. */
const NO_KEY: Cell = { text: 'no key is named', basis: NOTHING };

/** The positions of a global table's replicas in its list; one of them is in the stack's own Region. */
function replicasOf(table: Resource): string[] {
  const steps = table.select('Replicas', '*').map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  return steps.length === 0 ? ['*'] : [...new Set(steps)];
}

function countryOf(region: string, now: Date): Cell {
  const fact = findRegion(region);
  return fact === undefined
    ? { text: 'unknown', basis: NOTHING }
    : { text: fact.country, basis: claimed('region', fact, now) };
}

/** The alias of a key of AWS's own, in an ARN too. */
const OF_SERVICE = /(^|:)alias\/aws\//;

/** The key that encrypts a resource, by the construct that defines it. */
function keyOf(resource: Resource, path: readonly string[], stack: string, context: Context): Cell {
  const [found] = resource.select(...path);
  if (found === undefined) return { text: "the service's own key", basis: NOTHING };
  if (!(found.value instanceof Reference)) {
    const text = knownText(found.value);
    if (text === undefined) return { text: 'a key named at deployment', basis: BY_DEPLOYER };
    if (isChosen(resource, ...path)) return { text, basis: BY_DEPLOYER };
    return { text, basis: OF_SERVICE.test(text) ? NOTHING : ENFORCED };
  }
  const owner = found.value.stack ?? stack;
  const construct = context.paths.get(owner)?.get(found.value.logicalId) ?? found.value.logicalId;
  return { text: owner === stack ? construct : `${owner}/${construct}`, basis: ENFORCED };
}

const resourcesIn = (input: TemplateInput, exports: ReadonlyMap<string, ExportedValue>): Resource[] =>
  resourcesOf({ template: input.template, deployRegion: input.deployRegion, exports });
