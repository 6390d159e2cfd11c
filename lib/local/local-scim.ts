import type { WorkspaceConfig } from '../config/model/config';
import { MEMBER_ROLES } from '../contract/roles';
import { SCIM_PATH } from '../contract/scim-path';
import type { Table } from '../runtime/aws/table';
import { DirectoryRoles, type RoleGroups } from '../runtime/directory/directory-roles';
import { DirectoryStore } from '../runtime/directory/directory-store';
import type { KeyRegistry } from '../runtime/gateway/keys/key-registry';
import { requireScimToken } from '../runtime/scim/require-scim-token';
import { type ScimApiOptions, scimApi } from '../runtime/scim/scim-api';
import type { MemberDirectory } from '../runtime/workspace/identity/member-directory';
import { FIRST_ROLES, WORKSPACE_ROLES } from './local-issuer';

/** For how long the token of SCIM is valid, counted from when the data folder was made. */
const VALID_FOR_MS = 3_650 * 86_400_000;

/** SCIM of a workspace of `serve`: the directory in its data folder, and the API that writes it. */
export class LocalScim {
  public readonly store: DirectoryStore;
  public readonly roles: DirectoryRoles;
  public readonly groups: RoleGroups;
  /** Without a cache, so that a change takes effect at the next request. */
  public readonly directory: MemberDirectory;

  constructor(
    private readonly workspace: WorkspaceConfig,
    table: Table,
  ) {
    const { member = [], admin = [], auditor = [] } = workspace.identity?.groups ?? {};
    this.groups = { member, admin, auditor };
    this.store = new DirectoryStore(table);
    this.roles = new DirectoryRoles(table, this.groups, true);
    this.directory = {
      of: (id, subject) => (subject === undefined ? this.roles.ofMember(id) : this.roles.bySubject(id, subject)),
    };
  }

  /** The API, for the requests of which `isHere` is true. */
  public api(keys: KeyRegistry, options: Pick<ScimApiOptions, 'policy' | 'record' | 'basePath'>) {
    const registry: KeyRegistry = {
      find: async (id) => {
        const record = await keys.find(id);
        return record && { ...record, expires: new Date(record.created.getTime() + VALID_FOR_MS) };
      },
    };
    const token = requireScimToken({ registry, workspace: this.workspace.id, kind: 'local-scim' });
    return scimApi({ ...options, directory: this.store, middleware: [token] });
  }

  public static isHere = (pathname: string): boolean => pathname === SCIM_PATH || pathname.startsWith(`${SCIM_PATH}/`);

  /** At first, the directory has the users whose tokens `serve` prints, in the first group of each role. */
  public async seed(): Promise<void> {
    if ((await this.store.users()).length > 0) return;
    const now = Date.now();
    const ids = new Map<string, string>();
    const times = { created: now, changed: now, version: 1 };
    for (const name of WORKSPACE_ROLES) {
      const id = crypto.randomUUID();
      ids.set(name, id);
      await this.store.writeUser({ id, externalId: name, userName: name, active: true, activeSince: now, ...times });
    }
    const groups = new Map<string, string>();
    for (const role of MEMBER_ROLES) {
      const [displayName] = this.groups[role];
      if (displayName === undefined) continue;
      const id = groups.get(displayName) ?? crypto.randomUUID();
      if (!groups.has(displayName)) await this.store.writeGroup({ id, displayName, namedSince: now, ...times });
      groups.set(displayName, id);
      const users = WORKSPACE_ROLES.filter((name) => FIRST_ROLES[name] === role).map((name) => ids.get(name) ?? '');
      await this.store.memberships.add(id, users, now);
    }
  }
}
