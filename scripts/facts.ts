/**
 * Converts the sourced data of lib/facts/source to the typed modules of lib/facts/generated.
 * `npm run facts` writes them; test/facts/generated.test.ts runs the same function and compares.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shortPaths } from './short-paths';

const ROOT = path.join(__dirname, '..');
const SOURCE = path.join(ROOT, 'lib/facts/source');
const GENERATED = path.join(ROOT, 'lib/facts/generated');

// biome-ignore lint/suspicious/noExplicitAny: the source files are plain JSON; the generated modules are what is typed
type Row = Record<string, any>;

const pick = (row: Row, ...keys: string[]): Row => Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));
const SOURCED = ['source', 'asOf', 'confidence'];

/** The module of `lib/facts` that has the type of a table, if it isn't `types`. */
const DESCRIBED_IN: Readonly<Record<string, string>> = {
  OnDemandModelFact: 'model-facts',
  ModelFact: 'model-facts',
  ModelTraitsFact: 'model-facts',
  ModelRetentionFact: 'model-facts',
  BedrockApiFact: 'model-facts',
  ResourceTypes: 'type-tables',
  PlacePaths: 'type-tables',
  TerraformTypes: 'type-tables',
  ReleaseKeys: 'release-facts',
};

/** What a model accepts, in the order of `ModelTraitsFact`. */
const TRAITS = [
  ...['sampling', 'stopSequences', 'system', 'reasoning', 'effort', 'reasoningBack', 'structuredOutput', 'tools'],
  ...['strictTools', 'forcedTools', 'forcedToolsWithReasoning', 'streamedTools', 'prefill', 'cachePoints', 'images'],
  ...['documents', 'contextWindow', 'maxOutput', 'defaultOutput'],
];

/** The values that allow nothing, for fields of low confidence. */
const DOUBTFUL: Row = { effort: null, structuredOutput: false, tools: false, forcedTools: 'none', cachePoints: null };

/** A row of traits in which a field of low confidence allows nothing. */
const withoutDoubtful = ({ fieldConfidence = {}, ...row }: Row): Row => ({
  ...row,
  ...Object.fromEntries(Object.entries(DOUBTFUL).filter(([field]) => fieldConfidence[field] === 'low')),
});

/** A row without the values of fields that have a source of their own of low confidence. */
const withKnownFields = ({ fields = {}, ...row }: Row): Row => ({
  ...row,
  ...Object.fromEntries(
    Object.entries<Row>(fields).flatMap(([field, { confidence }]) => (confidence === 'low' ? [[field, null]] : [])),
  ),
});

/**
 * The content of every generated module, by file name.
 *
 * @param instead the content of source files in place of the stored one
 */
export function factModules(instead: Readonly<Record<string, Row>> = {}): Map<string, string> {
  const read = (name: string): Row => instead[name] ?? JSON.parse(readFileSync(path.join(SOURCE, name), 'utf8'));
  const geography = read('eu-geography.json');
  const retention = read('retention.json');
  const life = read('models.json');
  const elsewhere = read('hosts.json');
  const apis = read('bedrock-apis.json');
  const dns = read('aws-dns.json');
  const releaseKeys = read('release-keys.json');
  const services = read('prices.json');
  const outsideAws = read('services.json');
  const quotas = read('quotas.json');
  const types = read('location-types.json');
  const properties = read('location-properties.json');
  const policies = read('managed-policies.json');
  const atlas = read('region-coordinates.json');
  const terraform = read('terraform-types.json');
  const paths = shortPaths(properties.properties);

  const regions = geography.regions.map((r: Row) =>
    pick(
      { ...r, azIdPrefix: r.azIdPrefix ?? dns.azIdPrefixes.prefixes[r.code] },
      ...['code', 'partition', 'country', 'city', 'euMember', 'eea', 'optIn', 'dnsSuffix', 'azIdPrefix', ...SOURCED],
    ),
  );
  // A row without a name and id is an announcement, to which no value can refer.
  const zones = geography.zones
    .filter((z: Row) => z.name !== null || z.zoneId !== null)
    .map((z: Row) =>
      pick(z, 'name', 'zoneId', 'type', 'country', 'parentRegion', 'euMember', 'eea', 'status', ...SOURCED),
    );
  const profiles = [
    ...geography.inferenceProfiles.map((p: Row) => ({ ...p, kind: 'inference' })),
    ...geography.guardrailProfiles.map((p: Row) => ({ ...p, kind: 'guardrail', status: 'listed' })),
    ...geography.dataAutomationProfiles.map((p: Row) => ({ ...p, kind: 'data-automation', status: 'listed' })),
  ].map((p) => pick(p, 'id', 'kind', 'prefix', 'modelId', 'routes', 'status', ...SOURCED));
  const models = geography.onDemandModels.map((m: Row) => pick(m, 'modelId', 'kind', 'regions', ...SOURCED));
  const modelRetention = retention.models.map((m: Row) =>
    pick(m, 'modelId', 'underNone', 'days', 'keeper', 'what', ...SOURCED),
  );
  const lifecycle = life.models.map((m: Row) =>
    pick(m, 'modelId', 'name', 'maker', 'kind', 'releasedAt', 'legacyFrom', 'endsAt', 'endsNotBefore', ...SOURCED),
  );
  const traits = life.traits.map((m: Row) => pick(withoutDoubtful(m), 'modelId', ...TRAITS, ...SOURCED));
  const bedrockApis = apis.rows.map((m: Row) => pick(m, 'api', 'promise', 'holds', 'what', ...SOURCED));
  const providers = elsewhere.providers.map((p: Row) => ({
    ...pick(p, 'provider'),
    host: p.endpoint.replace(/^https:\/\//, '').replace(/\/.*$/, ''),
    ...pick(p, 'days', 'daysDefault', 'keptAnyway', 'europeMeans', ...SOURCED),
  }));
  const callable = outsideAws.services.map((p: Row) =>
    pick(
      withKnownFields(p),
      ...['service', 'provider', 'host', 'basePath', 'keyHeader', 'company', 'ownerCountry', 'sharedCdn', ...SOURCED],
    ),
  );
  // The SKU that a row of Claude models names isn't one of Azure's.
  const azureSkus = elsewhere.azureSkus
    .filter((p: Row) => /^[A-Za-z]+$/.test(p.sku))
    .map((p: Row) => pick(p, 'sku', 'reach', 'processingScope', ...SOURCED));
  const azureGeographies = elsewhere.azureGeographies.map((p: Row) =>
    pick(p, 'name', 'locations', 'countries', ...SOURCED),
  );
  const widerEuropes = elsewhere.widerEuropes.map((p: Row) => pick(p, 'provider', 'places', ...SOURCED));
  const coordinates = atlas.coordinates.map((c: Row) => ({
    ...pick(c, 'code', 'latitude', 'longitude'),
    ...pick(atlas, ...SOURCED),
  }));
  // The place of an AWS host is the Region in its name, never a row.
  const hosts = elsewhere.hosts.map((e: Row) =>
    pick(e, 'provider', 'name', 'host', 'countries', 'euOnly', 'processingScope', ...SOURCED),
  );
  const outsideHosts = elsewhere.outside.map((e: Row) => pick(e, 'provider', 'host', 'processingScope', ...SOURCED));
  const locations = Object.entries<Row[]>(elsewhere.locations).flatMap(([provider, rows]) =>
    rows.map((row) => ({ provider, ...pick(row, 'name', 'country', ...SOURCED) })),
  );
  const prices = life.prices.map((m: Row) =>
    pick(
      m,
      ...['id', 'region', 'inputPerMillion', 'outputPerMillion', 'cacheReadPerMillion', 'cacheWritePerMillion'],
      ...['currency', ...SOURCED],
    ),
  );
  const servicePrices = services.prices.map((p: Row) =>
    pick(p, 'id', 'region', 'usd', 'units', 'unit', 'free', 'currency', ...SOURCED),
  );
  const quotaCodes = quotas.quotas.map((q: Row) => pick(q, 'id', 'service', 'code', 'name', ...SOURCED));
  const globalServices = geography.globalServices
    .filter((s: Row) => s.endpoint !== null && !s.endpoint.includes('<region>'))
    .map((s: Row) => ({ ...pick(s, 'service'), host: s.endpoint, ...pick(s, 'homeRegion', 'plane', ...SOURCED) }));
  const prefixes = geography.prefixes.map((p: Row) => p.prefix);
  const sources = Object.fromEntries([
    ...[
      ...geography.sources,
      ...dns.sources,
      ...life.sources,
      ...elsewhere.sources,
      ...apis.sources,
      ...services.sources,
      ...outsideAws.sources,
      ...quotas.sources,
      ...atlas.sources,
    ].map((s: Row) => [s.id, pick(s, 'title', 'url')]),
    ...Object.entries<Row>(retention.sources).map(([id, s]) => [id, pick(s, 'title', 'url')]),
  ]);

  return new Map([
    tableOverCommon('regions', 'REGIONS', 'RegionFact', regions),
    tableOverCommon('zones', 'ZONES', 'ZoneFact', zones),
    tableOverCommon('profiles', 'PROFILES', 'ProfileFact', profiles),
    tableOverCommon('on-demand-models', 'ON_DEMAND_MODELS', 'OnDemandModelFact', models),
    tableOverCommon('model-retention', 'MODEL_RETENTION', 'ModelRetentionFact', modelRetention),
    tableOverCommon('models', 'MODELS', 'ModelFact', lifecycle),
    tableOverCommon('model-traits', 'MODEL_TRAITS', 'ModelTraitsFact', traits),
    table('bedrock-apis', 'BEDROCK_APIS', 'BedrockApiFact', bedrockApis),
    table('region-coordinates', 'REGION_COORDINATES', 'RegionCoordinatesFact', coordinates),
    tableOverCommon('hosts', 'HOSTS', 'HostFact', hosts),
    tableOverCommon('outside-hosts', 'OUTSIDE_HOSTS', 'OutsideHostFact', outsideHosts),
    tableOverCommon('cloud-locations', 'CLOUD_LOCATIONS', 'CloudLocationFact', locations),
    tableOverCommon('prices', 'PRICES', 'PriceFact', prices),
    tableOverCommon('service-prices', 'SERVICE_PRICES', 'ServicePriceFact', servicePrices),
    tableOverCommon('providers', 'PROVIDERS', 'ProviderFact', providers),
    tableOverCommon('services', 'SERVICE_FACTS', 'ServiceFact', callable),
    table('quotas', 'QUOTAS', 'QuotaFact', quotaCodes),
    table('azure-skus', 'AZURE_SKUS', 'AzureSkuFact', azureSkus),
    table('azure-geographies', 'AZURE_GEOGRAPHIES', 'AzureGeographyFact', azureGeographies),
    table('wider-europes', 'WIDER_EUROPES', 'WiderEuropeFact', widerEuropes),
    moduleOf(
      'platform',
      [
        `export const PLATFORM: PlatformFact = frozen<PlatformFact>(${json(
          pick(withKnownFields(outsideAws.platform), 'company', 'owner', 'ownerCountry', ...SOURCED),
        )});`,
      ],
      'PlatformFact',
    ),
    tableOverCommon('global-services', 'GLOBAL_SERVICES', 'GlobalServiceFact', globalServices),
    table('partitions', 'PARTITIONS', 'PartitionFact', dns.partitions),
    table('service-domains', 'SERVICE_DOMAINS', 'ServiceDomainFact', dns.serviceDomains),
    moduleOf(
      'sovereign-services',
      [
        `export const SOVEREIGN_SERVICES: SovereignServices = frozen<SovereignServices>(${json({
          partition: geography.regions.find(({ code }: Row) => code === elsewhere.sovereign.region).partition,
          namespaces: sovereignNamespaces(elsewhere.sovereign, Object.keys(withoutPrefix(types.services))).join(' '),
          ...pick(elsewhere.sovereign, ...SOURCED),
        })});`,
      ],
      'SovereignServices',
    ),
    moduleOf('labels-after-region', [
      `export const LABELS_AFTER_REGION: readonly string[] = frozen(${json(dns.labelsAfterRegion.labels)});`,
    ]),
    moduleOf('countries', [
      `export const EU_COUNTRIES: readonly string[] = frozen(${json(geography.countrySets.eu)});`,
      `export const EEA_EXTRA_COUNTRIES: readonly string[] = frozen(${json(geography.countrySets.eeaExtra)});`,
    ]),
    moduleOf(
      'release-keys',
      [
        `export const RELEASE_KEYS: ReleaseKeys = frozen<ReleaseKeys>(${json(pick(releaseKeys, 'first', 'second', 'version'))});`,
      ],
      'ReleaseKeys',
    ),
    moduleOf(
      'resource-types',
      [
        `export const RESOURCE_TYPES: ResourceTypes = frozen<ResourceTypes>({\n${byKey(withoutPrefix(types.services), joined)}\n});`,
      ],
      'ResourceTypes',
    ),
    moduleOf(
      'managed-policies',
      [
        `export const MANAGED_POLICIES: ManagedPolicies = frozen<ManagedPolicies>(${json({
          asOf: policies.asOf,
          ...joined(pick(policies, 'bedrock', 'sagemaker', 'place', 'narrow')),
        })});`,
      ],
      'ManagedPolicies',
    ),
    moduleOf(
      'place-paths',
      [
        `export const NAMES = ${json(paths.names)};`,
        `export const PLACE_PATHS: PlacePaths = frozen<PlacePaths>({\n${byKey(withoutPrefix(paths.types), (kinds) => kinds)}\n});`,
      ],
      'PlacePaths',
    ),
    moduleOf(
      'terraform-types',
      [
        `export const TERRAFORM_TYPES: TerraformTypes = frozen<TerraformTypes>({\n${byKey(terraform.types, (row) => row)}\n});`,
      ],
      'TerraformTypes',
    ),
    moduleOf('profile-prefixes', [`export const PROFILE_PREFIXES: readonly string[] = frozen(${json(prefixes)});`]),
    moduleOf(
      'sources',
      [
        `export const SOURCES: Readonly<Record<string, SourceFact>> = frozen<Readonly<Record<string, SourceFact>>>(${json(sources)});`,
      ],
      'SourceFact',
    ),
  ]);
}

/** The namespaces of CloudFormation whose services have an endpoint in the sovereign Region, or need none. */
const sovereignNamespaces = ({ services, namespaces, withoutEndpoint }: Row, all: readonly string[]): string[] =>
  [
    ...services.flatMap(
      (prefix: string): string[] =>
        namespaces[prefix] ?? all.filter((name) => name.toLowerCase() === prefix.replaceAll('-', '')),
    ),
    ...Object.keys(withoutEndpoint),
  ].sort();

/** One line per entry, so that a change is one line in a diff. */
function byKey(entries: Row, shorten: (value: Row) => Row): string {
  return Object.entries<Row>(entries)
    .map(([key, value]) => [key, shorten(value)] as const)
    .filter(([, value]) => Object.keys(value).length > 0)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`)
    .join('\n');
}

/** Type names separated by spaces, which take a third of the size of a list. */
const joined = (classes: Row): Row =>
  Object.fromEntries(Object.entries<string[]>(classes).map(([name, types]) => [name, types.join(' ')]));

/** Keys without the prefix that nearly all types have. */
const withoutPrefix = (entries: Row): Row =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key.replace(/^AWS::/, ''), value]));

function table(name: string, constant: string, type: string, rows: Row[]): [string, string] {
  const lines = rows.map((row) => `  ${JSON.stringify(row)},`).join('\n');
  return moduleOf(
    name,
    [`export const ${constant}: readonly ${type}[] = frozen<readonly ${type}[]>([\n${lines}\n]);`],
    type,
  );
}

/** A table whose rows hold only what differs from the most common values, because functions bundle it. */
function tableOverCommon(name: string, constant: string, type: string, rows: Row[]): [string, string] {
  const common = Object.fromEntries(
    Object.keys(rows[0] ?? {}).flatMap((key) => {
      const values = rows.map((row) => row[key]);
      // A value that a third of the rows have; a default for fewer would hide more than it saves.
      const value = mostCommon(values);
      const isCommon = values.filter((other) => json(other) === json(value)).length * 3 > rows.length;
      return isCommon && !values.includes(undefined) ? [[key, value]] : [];
    }),
  );
  const lines = rows.map((row) => {
    const own = Object.entries(row).filter(([key, value]) => json(value) !== json(common[key]));
    return `  ${json(Object.fromEntries(own))},`;
  });
  const { lists, text } = withNamedLists(lines.join('\n'));
  return moduleOf(
    name,
    [
      `const COMMON = ${json(common)} as const;`,
      ...lists,
      '',
      `export const ${constant}: readonly ${type}[] = frozen(rowsOver<${type}, typeof COMMON>(COMMON, [\n${text}\n]));`,
    ],
    type,
    ["import { rowsOver } from '../rows-over';"],
  );
}

/** Rows in which each long list that many of them repeat is a constant: most profiles lead to the same Regions. */
function withNamedLists(rows: string): { readonly lists: string[]; readonly text: string } {
  const counts = new Map<string, number>();
  for (const [list] of rows.matchAll(/\[(?:"[^"]*",){2,}"[^"]*"\]/g)) counts.set(list, (counts.get(list) ?? 0) + 1);
  const repeated = [...counts].filter(([, count]) => count > 3).map(([list]) => list);
  return {
    lists: repeated.map((list, index) => `const LIST_${index + 1} = ${list} as const;`),
    text: repeated.reduce((text, list, index) => text.replaceAll(list, `LIST_${index + 1}`), rows),
  };
}

function mostCommon(values: readonly unknown[]): unknown {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(json(value), (counts.get(json(value)) ?? 0) + 1);
  const [[most = 'null'] = []] = [...counts].sort(([, a], [, b]) => b - a);
  return JSON.parse(most);
}

function moduleOf(name: string, body: string[], type?: string, also: string[] = []): [string, string] {
  const imports = [
    "import { frozen } from '../frozen';",
    ...also,
    ...(type ? [`import type { ${type} } from '../${DESCRIBED_IN[type] ?? 'types'}';`] : []),
  ];
  const header = '// Generated by `npm run facts` from lib/facts/source. Do not edit.';
  return [`${name}.ts`, `${[header, ...imports, '', ...body].join('\n')}\n`];
}

const json = (value: unknown) => JSON.stringify(value);

if (require.main === module) {
  mkdirSync(GENERATED, { recursive: true });
  for (const [file, content] of factModules()) writeFileSync(path.join(GENERATED, file), content);
}
