import { type MemberDirectory, requireDirectoryEntry } from '../identity/member-directory';
import type { Suspensions } from '../identity/suspension';
import { ApiError } from './api-error';
import type { SignInState } from './member-key';

export interface AccessOptions {
  /** The members who are blocked. */
  readonly suspensions: Suspensions;
  /** A key works only if its member has signed in within this time. */
  readonly signInWithinDays: number;
  /**
   * Who is a member, where SCIM decides.
   *
   * @default - what the member's last tokens said
   */
  readonly directory?: MemberDirectory;
}

/** That a member may act now. */
export interface Access {
  /** When their keys stop unless they sign in again. */
  readonly stops: Date;
  /**
   * The groups that they are in.
   *
   * @default - not known: only their tokens name them
   */
  readonly groups?: readonly string[];
}

/** Whether a member may act now. It decides for keys what their tokens decide for people who sign in. */
export interface MemberAccess {
  /** @throws ApiError that says why they may not act */
  require(member: string, state: SignInState, now: Date): Promise<Access>;
}

const DAY_MS = 86_400_000;

/** When the keys of a member stop unless they sign in again. */
export const stopsAt = (signedInAt: number, signInWithinDays: number): Date =>
  new Date(signedInAt * 1_000 + signInWithinDays * DAY_MS);

/**
 * Decides by what the member's last tokens said, and by what administrators decided since: every act that takes a role away, removes or
 * signs out a member also ends the sessions that began before it.
 */
export function requireAccess({ suspensions, signInWithinDays, directory }: AccessOptions): MemberAccess {
  return {
    require: async (member, { signedInAt, isMember }, now) => {
      const { disabled, signedOutAt } = await suspensions.of(member).catch((cause) => {
        throw new ApiError(503, 'members_unavailable', 'your membership can not be checked at the moment; try again', {
          headers: { 'retry-after': '1' },
          cause,
        });
      });
      if (disabled) {
        throw new ApiError(
          403,
          'member_disabled',
          'an administrator has disabled you in this workspace; ask one of them to enable you',
        );
      }
      const entry = directory && (await requireDirectoryEntry(directory, member));
      if (!(entry ? entry.roles.includes('member') : isMember))
        throw roleRefused(directory ? '' : 'at your last sign-in ');
      if (signedOutAt !== undefined && signedInAt <= signedOutAt) {
        throw signInRequired('an administrator ended your sessions or changed your roles');
      }
      const stops = stopsAt(signedInAt, signInWithinDays);
      if (now >= stops) throw signInRequired(`you have not signed in for ${signInWithinDays} days`);
      return { stops, groups: entry?.groups };
    },
  };
}

const roleRefused = (when: string) =>
  new ApiError(
    403,
    'role_refused',
    `${when}you did not have the role 'member' here, so your keys stopped; ask an administrator of the workspace`,
  );

const signInRequired = (why: string) =>
  new ApiError(403, 'sign_in_required', `${why}, so your keys stopped; sign in to this workspace, and they work again`);
