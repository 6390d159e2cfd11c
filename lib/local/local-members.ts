import { randomUUID } from 'node:crypto';
import { MEMBER_ROLES, type MemberRole } from '../contract/roles';
import { toCursor, toText } from '../runtime/members/cursor';
import {
  type ListedMember,
  type MemberList,
  type MemberPage,
  NO_SESSION_CONTROL,
  type RecordGiven,
  type SessionControl,
} from '../runtime/members/member-list';
import type { SuspensionLedger } from '../runtime/members/suspension-ledger';
import type { Person } from '../runtime/rights/decisions/hand-over-people';
import type { RoleSources } from '../runtime/rights/decisions/role-history';
import { FIRST_ROLES, type LocalIssuer, WORKSPACE_ROLES, type WorkspaceTokens } from './local-issuer';
import { LocalMemberships } from './local-memberships';
import { LocalSuspensions } from './local-suspensions';
import type { Row, Store } from './store';

const OF_WORKSPACE = 'SELECT * FROM member WHERE workspace = ? AND removed = 0';

/** The members of a workspace of `serve`, in its store. Initially, they are the users whose tokens it prints. */
export class LocalMembers implements MemberList, RoleSources {
  /** The blocked members. */
  public readonly suspensions: SuspensionLedger;
  /** A member has no page to sign in again, so a sign-out is followed by a new token, for the terminal of `serve`. */
  public readonly sessions: SessionControl = { ...NO_SESSION_CONTROL, signOut: ({ id }) => this.issue(id) };
  /** Who gave a role to which member. */
  public readonly memberships: LocalMemberships;

  constructor(
    private readonly store: Store,
    private readonly issuer: Pick<LocalIssuer, 'token'>,
    private readonly workspace: string,
    private readonly issued: (member: string, token: string) => void = () => {},
  ) {
    this.suspensions = new LocalSuspensions(store, workspace);
    this.memberships = new LocalMemberships(store, workspace);
    if (store.get('SELECT 1 FROM member WHERE workspace = ?', workspace) !== undefined) return;
    for (const who of WORKSPACE_ROLES) this.insert(who, who, [FIRST_ROLES[who]]);
  }

  public async page(limit: number, after?: string): Promise<MemberPage> {
    const { token = '' } = toCursor(after, 1);
    const sql = `${OF_WORKSPACE} AND id > ? ORDER BY id LIMIT ?`;
    const found = this.store.all(sql, this.workspace, token, limit + 1).map(toMember);
    const members = found.slice(0, limit);
    return { members, ...(found.length > limit && { next: toText({ part: 0, token: members.at(-1)?.id }) }) };
  }

  public async find(id: string): Promise<ListedMember | undefined> {
    return this.byId(id);
  }

  public async add(name: string, roles: readonly MemberRole[], record: RecordGiven) {
    const row = this.store.get(`${OF_WORKSPACE} AND lower(name) = lower(?)`, this.workspace, name);
    const known = row && toMember(row);
    const id = known?.id ?? randomUUID();
    const given = roles.filter((role) => known?.roles.includes(role) !== true);
    await record(id, given);
    if (known === undefined) {
      this.insert(id, name, roles);
      return { member: this.byId(id) as ListedMember, secret: await this.signIn({ id, roles }) };
    }
    this.write(id, [...new Set([...known.roles, ...roles])]);
    await this.issue(id);
    return { member: this.byId(id) as ListedMember };
  }

  public async setRoles(
    { id }: ListedMember,
    roles: readonly MemberRole[],
    record: () => Promise<void>,
  ): Promise<void> {
    await record();
    this.write(id, roles);
  }

  public async remove({ id }: ListedMember, record: () => Promise<void>): Promise<void> {
    await record();
    this.store.run(
      "UPDATE member SET removed = 1, name = '', roles = '' WHERE workspace = ? AND id = ?",
      this.workspace,
      id,
    );
  }

  /** Since when a person who holds a role has been a member, in Unix milliseconds; undefined if they don't hold it. */
  public async unrecorded({ id, role }: Person): Promise<number | undefined> {
    const member = this.byId(id);
    return member?.roles.includes(role) === true ? member.created.getTime() : undefined;
  }

  private async issue(id: string): Promise<void> {
    const member = this.byId(id);
    if (member !== undefined) this.issued(member.name, (await this.signIn(member)).value);
  }

  private async signIn({ id, roles }: Pick<ListedMember, 'id' | 'roles'>) {
    const { signedOutAt = 0 } = await this.suspensions.of(id);
    // A sign-out also ends sessions that began in the same second.
    const at = Math.max(Math.floor(Date.now() / 1_000), signedOutAt + 1);
    const value = await this.issuer.token(this.workspace, id, roles, new Date(at * 1_000));
    return { kind: 'development_token' as const, value };
  }

  /** A token for each initial user, with their current roles. */
  public async tokens(): Promise<WorkspaceTokens> {
    const tokens = WORKSPACE_ROLES.map(async (id) => {
      const { value } = await this.signIn({ id, roles: this.byId(id)?.roles ?? [] });
      return [id, value];
    });
    return Object.fromEntries(await Promise.all(tokens));
  }

  private byId(id: string): ListedMember | undefined {
    const row = this.store.get(`${OF_WORKSPACE} AND id = ?`, this.workspace, id);
    return row && toMember(row);
  }

  private insert(id: string, name: string, roles: readonly MemberRole[]): void {
    const sql =
      'INSERT INTO member (workspace, id, name, roles, created, removed, disabled) VALUES (?, ?, ?, ?, ?, 0, 0)';
    this.store.run(sql, this.workspace, id, name, roles.join(' '), Date.now());
  }

  private write(id: string, roles: readonly MemberRole[]): void {
    this.store.run('UPDATE member SET roles = ? WHERE workspace = ? AND id = ?', roles.join(' '), this.workspace, id);
  }
}

function toMember({ id, name, roles, created }: Row): ListedMember {
  const names = String(roles).split(' ');
  return {
    id: String(id),
    name: String(name),
    roles: MEMBER_ROLES.filter((role) => names.includes(role)),
    enabled: true,
    invited: false,
    created: new Date(Number(created)),
  };
}
