import type { DirectoryEntry, DirectoryRoles } from '../../directory/directory-roles';
import { ApiError } from './api-error';

/** Where the roles and groups of members are by SCIM, and not by their tokens. */
export interface MemberDirectory {
  /**
   * What the directory says of a member; undefined if it doesn't have them.
   *
   * @param subject the subject of the member's token. Without a token, the member must have used one before.
   */
  of(member: string, subject?: string): Promise<DirectoryEntry | undefined>;
}

/** The maximum time until a process applies a change of the directory. */
const DIRECTORY_CACHE_MS = 60_000;

/** The most members in the cache; one process serves fewer within that time. */
const MOST = 10_000;

/** The most names of groups in it, which bounds its memory where members are in many groups. */
const MOST_NAMES = 500_000;

/** Caches entries for a bounded time, so that most requests don't read the directory. Failures aren't cached. */
export class CachedDirectory implements MemberDirectory {
  private readonly known = new Map<string, { readonly entry: DirectoryEntry | undefined; readonly until: number }>();
  private names = 0;

  constructor(
    private readonly roles: Pick<DirectoryRoles, 'bySubject' | 'ofMember'>,
    private readonly now: () => number = Date.now,
  ) {}

  public async of(member: string, subject?: string): Promise<DirectoryEntry | undefined> {
    const key = `${member} ${subject ?? ''}`;
    const found = this.known.get(key);
    // An entry is as old as its request, because it may miss a change that happened meanwhile.
    const now = this.now();
    // After the clock has been set back, an entry must not stay valid for longer.
    if (found !== undefined && now < found.until && now >= found.until - DIRECTORY_CACHE_MS) return found.entry;
    const entry = await (subject === undefined ? this.roles.ofMember(member) : this.roles.bySubject(member, subject));
    if (this.known.size >= MOST || this.names >= MOST_NAMES) {
      this.known.clear();
      this.names = 0;
    }
    this.names += entry?.groups?.length ?? 0;
    this.known.set(key, { entry, until: now + DIRECTORY_CACHE_MS });
    return entry;
  }
}

/**
 * What the directory says of an active member. This decides for every way to authenticate; without a token there is no subject.
 *
 * @throws ApiError if the directory doesn't have the member, has them as inactive, or can't be read
 */
export async function requireDirectoryEntry(
  directory: MemberDirectory,
  member: string,
  subject?: string,
): Promise<DirectoryEntry> {
  const entry = await directory.of(member, subject).catch((cause) => {
    throw new ApiError(503, 'members_unavailable', 'your membership can not be checked at the moment; try again', {
      headers: { 'retry-after': '1' },
      cause,
    });
  });
  if (entry === undefined) {
    throw new ApiError(
      403,
      'member_not_provisioned',
      "your organisation's identity system has not sent you to this workspace, by SCIM, with the external ID with which you sign in; " +
        'ask its administrators to assign you',
    );
  }
  if (entry.user.active) return entry;
  throw new ApiError(
    403,
    'member_disabled',
    "your organisation's identity system has disabled you in this workspace, by SCIM; ask its administrators",
  );
}
