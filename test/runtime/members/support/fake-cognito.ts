import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeUser {
  readonly id: string;
  readonly groups: Set<string>;
  /** The groups from an identity provider, unparsed. */
  readonly providerGroups?: string;
  enabled: boolean;
  status: string;
  password?: string;
  signedOut: number;
}

type Input = Readonly<Record<string, string>>;

/** The used part of a user pool, on loopback, with the service's protocol and error names. */
export class FakeCognito {
  public readonly users = new Map<string, FakeUser>();
  /** The names of the called operations, in order. */
  public readonly calls: string[] = [];
  /** Failing operations, with their errors. */
  public readonly failingOn = new Map<string, string>();
  /** The service's limit. */
  public pageSize = 60;
  private readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = `${request.headers['x-amz-target']}`.replace('AWSCognitoIdentityProviderService.', '');
    this.calls.push(operation);
    const answer =
      this.failingOn.get(operation) ?? this.answer(operation, JSON.parse(Buffer.concat(chunks).toString()));
    const failed = typeof answer === 'string';
    response.writeHead(failed ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(failed ? { __type: answer, message: 'x' } : answer));
  });

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  public add(name: string, id: string, groups: readonly string[], providerGroups?: string): FakeUser {
    const user = { id, groups: new Set(groups), providerGroups, enabled: true, status: 'CONFIRMED', signedOut: 0 };
    this.users.set(name, user);
    return user;
  }

  private answer(operation: string, input: Input): object | string {
    const { Username = '', GroupName = '' } = input;
    const user = this.users.get(Username);
    switch (operation) {
      case 'ListUsers': {
        const [, id] = /^sub = "(.*)"$/.exec(input.Filter ?? '') ?? [];
        const all = [...this.users.keys()].filter((name) => id === undefined || this.users.get(name)?.id === id);
        return this.page(all, input, 'PaginationToken');
      }
      case 'ListUsersInGroup':
        return this.page(
          [...this.users.keys()].filter((name) => this.users.get(name)?.groups.has(GroupName)),
          input,
          'NextToken',
        );
      case 'AdminCreateUser':
        if (user !== undefined) return 'UsernameExistsException';
        if (input.MessageAction !== 'SUPPRESS') return 'InvalidParameterException';
        Object.assign(this.add(Username, `sub-of-${Username}`, []), {
          status: 'FORCE_CHANGE_PASSWORD',
          password: input.TemporaryPassword,
        });
        return { User: this.shown(Username) };
    }
    if (user === undefined) return 'UserNotFoundException';
    switch (operation) {
      case 'AdminGetUser': {
        const { Attributes, ...shown } = this.shown(Username);
        return { ...shown, UserAttributes: Attributes };
      }
      case 'AdminListGroupsForUser':
        return { Groups: [...user.groups].map((name) => ({ GroupName: name })) };
      case 'AdminAddUserToGroup':
        user.groups.add(GroupName);
        return {};
      case 'AdminRemoveUserFromGroup':
        user.groups.delete(GroupName);
        return {};
      case 'AdminDeleteUser':
        this.users.delete(Username);
        return {};
      case 'AdminDisableUser':
        user.enabled = false;
        return {};
      case 'AdminEnableUser':
        user.enabled = true;
        return {};
      case 'AdminUserGlobalSignOut':
        user.signedOut++;
        return {};
      default:
        return 'UnknownOperationException';
    }
  }

  private page(names: readonly string[], input: Input, token: 'PaginationToken' | 'NextToken') {
    const first = input[token] === undefined ? 0 : names.indexOf(Buffer.from(`${input[token]}`, 'base64').toString());
    if (first < 0) return 'InvalidParameterException';
    const last = first + Math.min(Number(input.Limit), this.pageSize);
    return {
      Users: names.slice(first, last).map((name) => this.shown(name)),
      ...(last < names.length && { [token]: Buffer.from(`${names[last]}`).toString('base64') }),
    };
  }

  private shown(Username: string) {
    const { id, enabled, status, providerGroups } = this.users.get(Username) as FakeUser;
    return {
      Username,
      Attributes: [
        { Name: 'sub', Value: id },
        ...(providerGroups === undefined ? [] : [{ Name: 'custom:groups', Value: providerGroups }]),
      ],
      Enabled: enabled,
      UserStatus: status,
      UserCreateDate: 1_795_000_000,
    };
  }
}
