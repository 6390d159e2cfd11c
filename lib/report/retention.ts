import { EXPIRY_TAG } from '../contract/expiry-tag';
import { TAGS } from '../contract/tags';
import { counted } from '../guard/report/report';
import { isMap } from '../guard/template/node';
import { isOn, knownText, type Resource } from '../guard/template/resource';
import { isChosen } from './chosen';
import { type Basis, BY_DEPLOYER, type Cell, ENFORCED, NOTHING, type StorePart } from './inventory-line';

const UNTIL_DELETED = 'until deleted';

/**
 * How long a table retains an item. An attribute of the item holds its end; the item's writer sets it, or forgets to.
 *
 * @param replica path of the properties that a global table has for each replica
 */
export function retentionOfTable(table: Resource, ...replica: string[]): Cell {
  const expires = table.select('TimeToLiveSpecification', 'Enabled').some(({ value }) => isOn(value));
  const period = expires ? (taggedPeriod(table, replica) ?? 'as each item sets') : UNTIL_DELETED;
  const recovery = [...replica, 'PointInTimeRecoverySpecification'];
  const isRestorable = table.select(...recovery, 'PointInTimeRecoveryEnabled').some(({ value }) => isOn(value));
  const days = isRestorable ? (longest(table, ...recovery, 'RecoveryPeriodInDays') ?? 35) : undefined;
  return {
    text: period + more(days, 'restorable'),
    basis: period === UNTIL_DELETED ? NOTHING : { kind: 'set', by: "the item's writer" },
  };
}

/** How long a bucket retains an object, by the rules for all objects, or for those that are tagged to expire. */
export function retentionOfBucket(bucket: Resource): Cell {
  const all = bucket.mayLack('LifecycleConfiguration', 'Rules') ? [] : rulesOf(bucket);
  const rules = all.filter((rule) => !isFiltered(bucket, rule));
  const tagged = all.filter((rule) => isOfTagged(bucket, rule));
  const expiryOf = (some: readonly string[][]) =>
    least(some.map((rule) => longest(bucket, ...rule, 'ExpirationInDays')));
  const always = expiryOf(rules);
  const expiry = always ?? expiryOf(tagged);
  const isByDeployer = isChosen(bucket, 'LifecycleConfiguration');
  const enforced: Basis = always === undefined ? WRITER : isByDeployer ? BY_DEPLOYER : ENFORCED;
  const noncurrent = least(rules.map((rule) => noncurrentDays(bucket, rule)));
  const period = expiry === undefined ? (locked(bucket) ?? UNTIL_DELETED) : counted(expiry, 'day');
  // An object lock prevents a deletion, and ends nothing.
  const basis = expiry === undefined ? NOTHING : enforced;
  if (!isVersioned(bucket)) return { text: period, basis };
  if (noncurrent === undefined && expiry !== undefined) {
    return { text: withOldVersions(period), basis: NOTHING };
  }
  return {
    text: period + more(noncurrent, 'as an old version'),
    basis,
  };
}

/** The prefixes of a bucket whose objects alone a rule ends, with their earlier versions. */
export function partsOfBucket(bucket: Resource): StorePart[] {
  const rules = bucket.mayLack('LifecycleConfiguration', 'Rules') ? [] : rulesOf(bucket);
  const ofAll = rules.filter((rule) => !isFiltered(bucket, rule));
  return rules.flatMap((rule) => {
    const [prefix] = bucket.select(...rule, 'Prefix').map(({ value }) => knownText(value) ?? '');
    const days = longest(bucket, ...rule, 'ExpirationInDays');
    if (!prefix || days === undefined) return [];
    const period = counted(days, 'day');
    const basis = isChosen(bucket, ...rule) ? BY_DEPLOYER : ENFORCED;
    if (!isVersioned(bucket)) return [{ prefix, retention: { text: period, basis } }];
    const noncurrent = least([rule, ...ofAll].map((one) => noncurrentDays(bucket, one)));
    const text = noncurrent === undefined ? withOldVersions(period) : period + more(noncurrent, 'as an old version');
    return [{ prefix, retention: { text, basis: noncurrent === undefined ? NOTHING : basis } }];
  });
}

const isVersioned = (bucket: Resource): boolean =>
  bucket.select('VersioningConfiguration', 'Status').some(({ value }) => isOn(value));
const withOldVersions = (period: string): string => `${period}, old versions ${UNTIL_DELETED}`;

/** How long a log group retains an entry. */
export function retentionOfLogGroup(group: Resource): Cell {
  const days = group.mayLack('RetentionInDays') ? undefined : longest(group, 'RetentionInDays');
  if (days === undefined) return { text: 'forever', basis: NOTHING };
  return { text: counted(days, 'day'), basis: isChosen(group, 'RetentionInDays') ? BY_DEPLOYER : ENFORCED };
}

const more = (days: number | undefined, how: string) => (days === undefined ? '' : ` + ${counted(days, 'day')} ${how}`);

/** The enabled rules. */
function rulesOf(bucket: Resource): string[][] {
  const list = ['LifecycleConfiguration', 'Rules'];
  const paths = new Set(bucket.select(...list, '*').map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  return [...paths]
    .map((index) => [...list, index])
    .filter((rule) => {
      const states = bucket.select(...rule, 'Status');
      return states.length > 0 && states.every(({ value }) => isOn(value));
    });
}

const isFiltered = (bucket: Resource, rule: readonly string[]): boolean =>
  [...OTHER_FILTERS, 'TagFilters'].some((filter) => isSet(bucket, rule, filter));

/** Whether a rule applies to exactly the objects that are tagged to expire. */
function isOfTagged(bucket: Resource, rule: readonly string[]): boolean {
  const tags = bucket.select(...rule, 'TagFilters', '*').map(({ value }) => value);
  const isTag = (value: unknown) => isMap(value) && value.Key === EXPIRY_TAG.key && value.Value === EXPIRY_TAG.value;
  return tags.length === 1 && tags.every(isTag) && !OTHER_FILTERS.some((filter) => isSet(bucket, rule, filter));
}

const OTHER_FILTERS = ['Prefix', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];

const isSet = (bucket: Resource, rule: readonly string[], filter: string): boolean =>
  bucket.select(...rule, filter).some(({ value }) => value !== '');

const WRITER: Basis = { kind: 'set', by: "the object's writer" };

function noncurrentDays(bucket: Resource, rule: readonly string[]): number | undefined {
  const expiration = [...rule, 'NoncurrentVersionExpiration'];
  // The newest versions stay until newer ones replace them.
  if (bucket.select(...expiration, 'NewerNoncurrentVersions').length > 0) return undefined;
  return (
    longest(bucket, ...expiration, 'NoncurrentDays') ?? longest(bucket, ...rule, 'NoncurrentVersionExpirationInDays')
  );
}

function locked(bucket: Resource): string | undefined {
  const rule = ['ObjectLockConfiguration', 'Rule', 'DefaultRetention'];
  const days = longest(bucket, ...rule, 'Days');
  const years = longest(bucket, ...rule, 'Years');
  if (days === undefined && years === undefined) return undefined;
  return `at least ${days === undefined ? counted(years ?? 0, 'year') : counted(days, 'day')} (object lock)`;
}

/** The largest value that a number can have; none if a variant is known only at deployment, or there is none. */
function longest(resource: Resource, ...path: string[]): number | undefined {
  const found = resource.select(...path).map(({ value }) => Number(knownText(value)));
  return found.length === 0 || found.some(Number.isNaN) ? undefined : Math.max(...found);
}

/** Of several rules that apply to an object, S3 follows the one that ends first. */
function least(found: readonly (number | undefined)[]): number | undefined {
  const known = found.filter((days) => days !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The workspace's retention period, which is a tag of its table. */
function taggedPeriod(table: Resource, replica: readonly string[]): string | undefined {
  const [period] = table
    .select(...replica, 'Tags', '*')
    .flatMap(({ value }) => (isMap(value) && value.Key === TAGS.retention ? [String(value.Value)] : []));
  if (period === undefined) return undefined;
  return /^\d+d$/.test(period) ? counted(Number(period.slice(0, -1)), 'day') : period.replaceAll('-', ' ');
}
