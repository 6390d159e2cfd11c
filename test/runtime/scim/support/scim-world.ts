import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { DirectoryRoles, type RoleGroups } from '@/lib/runtime/directory/directory-roles';
import { DirectoryStore } from '@/lib/runtime/directory/directory-store';
import type { KeyRecord } from '@/lib/runtime/gateway/keys/key-record';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { requireScimToken } from '@/lib/runtime/scim/require-scim-token';
import { scimApi } from '@/lib/runtime/scim/scim-api';

export const GROUPS: RoleGroups = { member: ['chat-users'], admin: ['chat-admins'], auditor: [] };

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test reads the fields that it expects
  readonly body: Record<string, any>;
  readonly headers: Headers;
}

/** SCIM over the embedded DynamoDB, with a clock that tests move. */
export class ScimWorld {
  public now = new Date('2026-11-30T09:00:00Z');
  public readonly records: ResidencyRecord[] = [];
  public readonly keys = new Map<string, KeyRecord>();
  public readonly directory: DirectoryStore;
  public readonly roles: DirectoryRoles;
  /** As the gateway reads it: with the names of members' groups. */
  public readonly withGroups: DirectoryRoles;
  public readonly token: string;
  public readonly client: ReturnType<LocalAws['dynamodb']>;

  private readonly folder = mkdtempSync(path.join(tmpdir(), 'scim-'));
  private readonly aws: LocalAws;
  private readonly api: ReturnType<typeof scimApi>;

  constructor() {
    const tables = [{ name: 'directory', partitionKey: 'pk', sortKey: 'sk' }];
    this.aws = new LocalAws({
      file: path.join(this.folder, 'aws.sqlite'),
      region: 'eu-central-1',
      tables,
      buckets: [],
    });
    this.client = this.aws.dynamodb();
    const table = { client: this.client, name: 'directory' };
    this.directory = new DirectoryStore(table);
    this.roles = new DirectoryRoles(table, GROUPS);
    this.withGroups = new DirectoryRoles(table, GROUPS, true);
    this.token = this.newToken('sciences');
    this.api = scimApi({
      policy: { boundary: { name: 'eu' }, keepsContent: true, tenant: { kind: 'workspace', ids: ['sciences'] } },
      directory: this.directory,
      middleware: [
        requireScimToken({ registry: { find: async (id) => this.keys.get(id) }, workspace: 'sciences', kind: 'scim' }),
      ],
      basePath: '/api',
      now: () => this.now,
      record: (record) => void this.records.push(record),
    });
  }

  public newToken(
    project: string,
    expires: Date | undefined = new Date('2027-01-01T00:00:00Z'),
    kind: 'scim' | 'deployment' = 'scim',
  ): string {
    const { key, record } = newKey({ kind, project, created: this.now, ...(expires && { expires }) });
    this.keys.set(record.id, record);
    return key;
  }

  public async call(method: string, at: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const request = new Request(`https://gateway.invalid/scim/v2${at}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/scim+json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const response = await this.api.fetch(request);
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
  }

  /** Creates a user; their ID. */
  public async user(userName: string, more: object = {}): Promise<string> {
    const { body, status } = await this.call('POST', '/Users', {
      schemas: [USER],
      userName,
      externalId: `ext-${userName}`,
      ...more,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id;
  }

  /** Creates a group; its ID. */
  public async group(displayName: string, ...users: string[]): Promise<string> {
    const members = users.map((value) => ({ value }));
    const { body, status } = await this.call('POST', '/Groups', { schemas: [GROUP], displayName, members });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id;
  }

  public patch(at: string, ...Operations: object[]): Promise<Answer> {
    return this.call('PATCH', at, { schemas: [PATCH], Operations });
  }

  public close(): void {
    this.aws.close();
    rmSync(this.folder, { recursive: true });
  }
}

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
