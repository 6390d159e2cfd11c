import type { MemberRole } from '@/lib/contract/roles';
import { cognitoClient } from '@/lib/runtime/aws/cognito-client';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { memberAdmin } from '@/lib/runtime/members/admin';
import { CognitoPool } from '@/lib/runtime/members/cognito-pool';
import { NO_SESSION_CONTROL } from '@/lib/runtime/members/member-list';
import type { MembershipLedger, RoleChange } from '@/lib/runtime/members/membership-ledger';
import { PoolMembers } from '@/lib/runtime/members/pool-members';
import { ProviderMembers } from '@/lib/runtime/members/provider-members';
import type { SuspensionLedger } from '@/lib/runtime/members/suspension-ledger';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';
import { WORKSPACE } from '@/test/runtime/gateway/support/policies';
import { jsonOf } from '@/test/support/json-of';
import type { FakeCognito } from './fake-cognito';

/** A ledger of roles in memory. */
export class MemoryMemberships implements MembershipLedger {
  public readonly members = new Map<string, Membership>();
  public readonly changes: RoleChange[] = [];

  public async of(member: string): Promise<Membership | undefined> {
    return this.members.get(member);
  }

  public async record(change: RoleChange): Promise<void> {
    const { member, given, taken, by, at } = change;
    if (given.length + taken.length === 0) return;
    this.changes.push(change);
    const { roles = {}, givers = [] } = this.members.get(member) ?? {};
    const changed = [...given, ...taken].map((role) => [role, { at: at.getTime(), isCurrent: given.includes(role) }]);
    this.members.set(member, {
      roles: { ...roles, ...Object.fromEntries(changed) },
      givers: given.length === 0 ? givers : [...givers, by],
    });
  }
}

/** A ledger in memory. */
export class MemoryLedger implements SuspensionLedger {
  public readonly kept = new Map<string, Suspension>();

  public async of(member: string): Promise<Suspension> {
    return this.kept.get(member) ?? { disabled: false };
  }

  public async setDisabled(member: string, disabled: boolean): Promise<void> {
    this.kept.set(member, { ...(await this.of(member)), disabled });
  }

  public async signOut(member: string, at: Date): Promise<void> {
    this.kept.set(member, { ...(await this.of(member)), signedOutAt: Math.floor(at.getTime() / 1_000) });
  }
}

export const NOW = new Date('2026-11-27T12:00:00.000Z');

/** Administrations of the workspace `sciences` on a user pool, by the kind of pool. */
export function administrationOf(
  cognito: FakeCognito,
  { isFederated = false, isShared = false, by = 'sub-of-root', now = () => NOW } = {},
) {
  const pool = new CognitoPool(
    cognitoClient('eu-central-1', cognito.url, { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }),
    'eu-central-1_AbCdEf123',
  );
  const ledger = new MemoryLedger();
  const memberships = new MemoryMemberships();
  const records: ResidencyRecord[] = [];
  const provided: Record<MemberRole, string[]> = {
    member: ['chat-users', 'staff'],
    admin: ['chat-admins'],
    auditor: ['chat-auditors'],
  };
  const own = { member: 'sciences-member', admin: 'sciences-admin', auditor: 'sciences-auditor' };
  const admin = memberAdmin({
    policy: admitPolicy(parsePolicy(JSON.stringify(WORKSPACE))),
    members: isFederated ? new ProviderMembers(pool, provided) : new PoolMembers({ pool, groups: own, isShared }),
    suspensions: ledger,
    memberships,
    sessions: isShared ? NO_SESSION_CONTROL : pool,
    middleware: [
      async (c, next) => {
        c.set('member', { id: by, role: 'admin' });
        c.get('log').member = by;
        await next();
      },
    ],
    record: (record) => void records.push(record),
    now,
  });
  const ask = async (method: string, path = '', body?: object) => {
    const response = await admin.fetch(
      new Request(`https://gateway.invalid/admin/v1/members${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      }),
    );
    const answer = await jsonOf(response);
    return { status: response.status, answer, code: answer.error?.code };
  };
  return { ask, ledger, memberships, records };
}
