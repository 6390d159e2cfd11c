import type { MiddlewareHandler } from 'hono';
import type { PolicyCourse } from '../../contract/courses';
import { CachedRegistry } from '../gateway/keys/cached-registry';
import type { Place } from '../gateway/keys/key-form';
import { Prices } from '../gateway/limits/priced';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import type { GatewayEnv } from '../gateway/policy/gateway-env';
import type { MemberKeyOptions } from './content-options';
import { Courses } from './keys/courses';
import { KeyLookup } from './keys/key-lookup';
import { type AccessOptions, requireAccess } from './keys/member-access';
import { requireMemberKey } from './keys/require-member-key';
import { SignIns } from './keys/sign-ins';
import { type StillValid, stillValid } from './keys/still-valid';
import { ContentCipher } from './store/content-cipher';
import type { ContentStores } from './store/content-stores';
import { ContentObjects } from './store/objects';
import { ContentTable } from './store/table';

/** What a workspace needs to let its members in by API keys. */
export interface MemberKeyParts {
  /** Creates keys; for the API of tokens. */
  readonly options: MemberKeyOptions;
  /** Learns from tokens who has signed in. */
  readonly signIns: SignIns;
  /** Authenticates by keys only. */
  readonly middleware: MiddlewareHandler<GatewayEnv>;
  /** For jobs that were sent with a key. */
  readonly stillValid: StillValid;
}

/** How a workspace's members use keys. */
export interface MemberKeySettings extends AccessOptions {
  /** @default - the workspace has no courses */
  readonly courses?: readonly PolicyCourse[];
  /** As `budgetGroups` of the content. */
  readonly budgetGroups?: readonly string[];
  /**
   * The prices by which the workspace counts what requests cost.
   *
   * @default - it counts no amounts
   */
  readonly prices?: AdmittedPolicy['prices'];
}

/** The most members whose keys a process has in memory. */
const CACHED_MEMBERS = 10_000;

/** Keys of the members of a workspace, in its table of content. */
export function memberKeyParts(
  policy: AdmittedPolicy,
  kind: Place,
  { table, bucket, keyring }: ContentStores,
  { courses: declared, prices, budgetGroups, ...acting }: MemberKeySettings,
  now: () => Date = () => new Date(),
): MemberKeyParts {
  const rows = new ContentTable(table.client, table.name, now);
  const lookup = new KeyLookup(rows);
  const registry = new CachedRegistry(lookup, { size: CACHED_MEMBERS, now });
  const cipher = new ContentCipher(keyring, new ContentObjects(bucket.client, bucket.name));
  const access = requireAccess(acting);
  const courses = new Courses(declared);
  return {
    options: {
      kind,
      signInWithinDays: acting.signInWithinDays,
      models: new Set(policy.models.keys()),
      courses,
      ...(prices && { unpriced: new Set(new Prices(prices).unpricedIn(policy)) }),
    },
    signIns: new SignIns(rows, now, budgetGroups),
    middleware: requireMemberKey({ policy, registry, access, courses, cipher, kind }),
    stillValid: stillValid(lookup, cipher, { access, courses }, now),
  };
}
