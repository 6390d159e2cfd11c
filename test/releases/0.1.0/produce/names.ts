// Writes `names.json`: what is deployed or stored under a name. It is read from the sources, and from the other files of this folder.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RULES } from '../../../../lib/guard/rules';
import { recoveryFunctions } from '../../../../lib/runtime/recovery/functions';
import { rightsFunctions } from '../../../../lib/runtime/rights/functions';
import { Deployment } from './deployment';

const FOLDER = path.join(__dirname, '..');
const LIB = path.join(FOLDER, '../../../lib');
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const text = (file: string) => readFileSync(path.join(LIB, file), 'utf8');
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
const quoted = (source: string) => [...source.matchAll(/'([^'\n]+)'/g)].map(([, name = '']) => name);

/** The members of a type or a constant that lists texts. */
function listed(file: string, name: string): string[] {
  const [, found = ''] = new RegExp(`export (?:type|const) ${name}\\b[^=]*=([^;]*);`).exec(text(file)) ?? [];
  if (quoted(found).length === 0) throw new Error(`${file} has no ${name}`);
  return sorted(quoted(found));
}

/** What a pattern finds in a folder of the sources. */
const found = (folder: string, pattern: RegExp) =>
  sorted(
    filesOf(path.join(LIB, folder))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name = '']) => name)),
  );

const deployment = new Deployment(mkdtempSync(path.join(tmpdir(), 'names-')));
const kinds = (deployment.rightsOf('sciences') as unknown as { kinds: Record<string, Record<string, object>> }).kinds;
deployment.close();

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: { readonly Name?: unknown } }>>;
}
const templates = filesOf(path.join(FOLDER, 'templates'))
  .sort()
  .map((file) => ({
    file: path.relative(path.join(FOLDER, 'templates'), file).replaceAll(path.sep, '/'),
    template: JSON.parse(readFileSync(file, 'utf8')) as Template,
  }));
const resources = templates.flatMap(({ file, template }) =>
  Object.entries(template.Resources).map(([id, resource]) => ({ file, id, ...resource })),
);

/** Every value under a key, anywhere. */
function under(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => under(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [...(name === key ? [one] : []), ...under(one, key)]);
}
const texts = (values: readonly unknown[]) => sorted(values.filter((value) => typeof value === 'string'));
const isName = (property: string) =>
  /^(Name|Alias|AliasName|[A-Za-z]+Name)$/.test(property) &&
  !/^(Metric|DomainName|Regional|ServiceName|FunctionName|AttributeName|TypeName)/.test(property);

const functions: { readonly bundle: string; readonly environment: object }[] = JSON.parse(
  readFileSync(path.join(FOLDER, 'functions.json'), 'utf8'),
);
const bundles = sorted(functions.map(({ bundle }) => bundle));

/** What the rows of a table are called by; `user#ada` is `user#`. */
function shapeOf(files: readonly string[]) {
  const rows = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
  const beginning = (row: Record<string, { S?: string }>, key: string) =>
    (row[key]?.S ?? '').replace(/^([a-z-]+[#:]).*$/s, '$1');
  const isKeys = files.some((file) => file.endsWith('branch-keys.jsonl'));
  const isNamed = files.some((file) => /(suspensions|key-sets|projects)\.jsonl$/.test(file));
  return {
    attributes: sorted(rows.flatMap((row) => Object.keys(row))),
    partitions: isKeys ? [] : sorted(rows.map((row) => beginning(row, 'pk'))),
    sorts: isKeys
      ? sorted(rows.map((row) => beginning(row, 'type')))
      : isNamed
        ? []
        : sorted(rows.map((row) => beginning(row, 'sk'))),
  };
}
const tables = filesOf(path.join(FOLDER, 'content/primary/tables'));
const roles = sorted(tables.map((file) => path.basename(file, '.jsonl').replace(/^(sciences|office)-/, '')));
const objects = filesOf(path.join(FOLDER, 'content/primary/buckets')).flatMap((file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);

const names = {
  rules: sorted(RULES.map(({ id }) => id)),
  refusalReasons: listed('boundary/decision.ts', 'RefusalReason'),
  errorCodes: listed('runtime/gateway/api-error.ts', 'ErrorCode'),
  errorTypes: listed('runtime/gateway/api-error.ts', 'ErrorType'),
  modelRefusals: listed('runtime/gateway/model-refusal.ts', 'ModelRefusal'),
  retentions: listed('runtime/gateway/kept.ts', 'Retention'),
  outcomes: listed('runtime/gateway/trail.ts', 'Outcome'),
  routes: listed('runtime/gateway/trail.ts', 'Route'),
  acts: listed('runtime/gateway/trail.ts', 'Act'),
  memberRoles: listed('runtime/gateway/member.ts', 'MEMBER_ROLES'),
  recordKinds: listed('runtime/records/record-log.ts', 'RECORD_KINDS'),
  findingKinds: listed('runtime/provider/check.ts', 'FindingKind'),
  actors: listed('runtime/rights/job.ts', 'Actor'),
  jobKinds: listed('runtime/rights/job.ts', 'JobKind'),
  jobStates: sorted([
    ...found('runtime/rights', /state: '([a-z-]+)'/g),
    ...found('runtime/rights', /newJob\([^)]*\(?\)?, [^,]*, '([a-z-]+)'\)/g),
    ...found('runtime/rights', /\? '([a-z-]+)'[^;]*state/g),
    'awaiting-release',
  ]),
  jobSteps: Object.fromEntries(
    Object.entries(kinds).map(([kind, steps]) => [kind, sorted([...Object.keys(steps), 'done'])]),
  ),
  upkeepFunctions: sorted([...Object.keys(rightsFunctions({})), ...Object.keys(recoveryFunctions({}))]),
  logEvents: found('runtime', /event: '([a-z-]+)'/g),
  metricNamespaces: sorted([
    ...found('runtime', /Namespace: '([^']+)'/g),
    ...texts(under(templates, 'Namespace')),
    ...texts(under(templates, 'MetricNamespace')),
  ]),
  metrics: sorted([
    'requests',
    'refusals',
    'failures',
    'attemptsFailed',
    'latency',
    'firstByte',
    'promptTokens',
    'completionTokens',
    'checksRun',
    ...[...text('runtime/provider/provider-log.ts').matchAll(/^ {2}'?[a-z-]+'?: '([A-Za-z]+)',$/gm)].map(
      ([, name = '']) => name,
    ),
  ]),
  templateMetrics: texts(under(templates, 'MetricName')),
  headers: sorted([
    ...found('runtime', /'(x-residency-[a-z-]+)'/g),
    'x-request-id',
    'x-should-retry',
    'retry-after',
    ...['requests', 'tokens'].flatMap((kind) =>
      ['limit', 'remaining', 'reset'].map((what) => `x-ratelimit-${what}-${kind}`),
    ),
  ]),
  environment: Object.fromEntries(
    bundles.map((bundle) => [
      bundle,
      sorted(functions.filter((one) => one.bundle === bundle).flatMap(({ environment }) => Object.keys(environment))),
    ]),
  ),
  tables: Object.fromEntries(
    roles.map((role) => [role, shapeOf(tables.filter((file) => new RegExp(`[-/]${role}\\.jsonl$`).test(file)))]),
  ),
  objectPrefixes: sorted(objects.map(({ key }) => String(key).replace(/\/.*$/s, '/'))),
  objectTags: sorted(objects.flatMap(({ headers }) => headers?.['x-amz-tagging'] ?? [])),
  tags: sorted(
    resources
      .flatMap(({ Properties }) => texts(under(Properties?.Tags ?? [], 'Key')))
      .filter((key) => key.startsWith('residency')),
  ),
  metadata: sorted(
    resources
      .flatMap((resource) => Object.keys((resource as { Metadata?: object }).Metadata ?? {}))
      .filter((key) => key.startsWith('residency')),
  ),
  customResources: sorted(
    resources.map(({ Type }) => Type).filter((type) => /^(Custom::|AWS::CloudFormation::CustomResource)/.test(type)),
  ),
  stacks: templates.map(({ file }) => file.replace(/\.json$/, '')),
  outputs: templates.flatMap(({ file, template }) =>
    Object.keys(template.Outputs ?? {}).map((name) => `${file} ${name}`),
  ),
  physicalNames: resources.flatMap(({ file, id, Type, Properties = {} }) =>
    Object.entries(Properties)
      .filter(([property, value]) => isName(property) && typeof value === 'string')
      .map(([property, value]) => `${file} ${id} ${Type} ${property} = ${value}`),
  ),
};
writeFileSync(path.join(FOLDER, 'names.json'), `${JSON.stringify(names, undefined, 1)}\n`);
