import { isMap, Reference } from '../../guard/template/node';
import { isOn, knownText } from '../../guard/template/resource';
import type { Placed } from '../../report/access/assembly';
import { ENFORCED } from '../../report/inventory-line';
import type { EvidenceContext } from './context';
import type { StoreTrail } from './evidence';
import type { Verdict } from './row';

/** What the trail that writes to a bucket of these stacks records; none if no trail does. */
export function trailOf(bucket: Placed, { assembly }: EvidenceContext): StoreTrail | undefined {
  if (bucket.resource.type !== 'AWS::S3::Bucket') return undefined;
  const trail = assembly
    .ofType('AWS::CloudTrail::Trail')
    .find(({ stack, resource }) =>
      resource
        .select('S3BucketName')
        .some(({ value }) => value instanceof Reference && assembly.find(value, stack) === bucket),
    );
  if (trail === undefined) return undefined;
  const states = trail.resource.select('IsLogging');
  const lock = bucket.resource.select('ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Mode');
  return {
    isLogging: states.length > 0 && states.every(({ value }) => isOn(value)),
    isLocked: lock.length > 0 && lock.every(({ value }) => knownText(value) !== undefined),
    records: recordsOf(trail),
  };
}

const MANAGEMENT = 'management';

/** What a trail records of all uses of a kind; a selector that names events or leaves out reads isn't counted. */
function recordsOf({ resource }: Placed): string[] {
  const advanced = resource.select('AdvancedEventSelectors', '*').flatMap(({ value }) => selectedBy(value));
  if (!resource.mayLack('AdvancedEventSelectors')) return [...new Set(advanced)].sort();
  const selectors = resource.select('EventSelectors', '*').map(({ value }) => value);
  if (selectors.length === 0) return [MANAGEMENT];
  const types = resource
    .select('EventSelectors', '*', 'DataResources', '*', 'Type')
    .map(({ value }) => knownText(value));
  const isWhole = selectors.every((one) => isMap(one) && (one.ReadWriteType ?? 'All') === 'All');
  const hasManagement = selectors.some((one) => isMap(one) && one.IncludeManagementEvents !== false);
  return isWhole
    ? [...new Set([...types, ...(hasManagement ? [MANAGEMENT] : [])])].flatMap((one) => one ?? []).sort()
    : [];
}

const PLACES = ['eventCategory', 'resources.type', 'resources.ARN'];

function selectedBy(selector: unknown): string[] {
  const fields: unknown[] = isMap(selector) && Array.isArray(selector.FieldSelectors) ? selector.FieldSelectors : [];
  const given = fields.filter(isMap);
  const valuesOf = (name: string): unknown[] =>
    given.flatMap(({ Field, Equals }) => (Field === name && Array.isArray(Equals) ? Equals : []));
  if (given.some(({ Field }) => !PLACES.includes(String(Field)))) return [];
  return valuesOf('eventCategory').includes('Management')
    ? [MANAGEMENT]
    : valuesOf('resources.type').filter((one) => typeof one === 'string');
}

/** Whether a bucket holds what its trail is for. */
export function trailVerdict(trail: StoreTrail | undefined): Verdict | undefined {
  if (trail === undefined || (trail.isLogging && trail.isLocked)) return undefined;
  const criterion = 'store.trail';
  if (!trail.isLogging) {
    return {
      criterion,
      status: 'failed',
      reason: 'The trail that writes to it is switched off, so no use of a key, an item or an object is recorded.',
      remedy: "Set 'IsLogging' of the trail to true.",
      basis: ENFORCED,
    };
  }
  return {
    criterion,
    status: 'attention',
    reason: 'It holds a trail, and no object lock prevents the deletion of its objects.',
    remedy: "Set 'ObjectLockConfiguration' with a default retention, or write down what else protects the trail.",
    basis: ENFORCED,
  };
}
