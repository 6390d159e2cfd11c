import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  ListUsersInGroupCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { UnknownCursor } from './member-list';

/** A user of a pool. */
export interface PoolUser {
  readonly name: string;
  readonly id: string;
  readonly enabled: boolean;
  readonly status: string;
  readonly created: Date;
  /** The groups that an identity provider named at their last sign-in, unparsed. */
  readonly providerGroups: string;
}

interface Users {
  readonly users: readonly PoolUser[];
  readonly next?: string;
}

/** The calls to a Cognito user pool. */
export class CognitoPool {
  constructor(
    private readonly client: Pick<CognitoIdentityProviderClient, 'send'>,
    private readonly id: string,
  ) {}

  /** @throws UnknownCursor */
  public users(Limit: number, PaginationToken?: string): Promise<Users> {
    return paged(PaginationToken, async () => {
      const found = await this.client.send(new ListUsersCommand({ UserPoolId: this.id, Limit, PaginationToken }));
      return { users: (found.Users ?? []).map(toUser), next: found.PaginationToken };
    });
  }

  /** @throws UnknownCursor */
  public inGroup(GroupName: string, Limit: number, NextToken?: string): Promise<Users> {
    return paged(NextToken, async () => {
      const command = new ListUsersInGroupCommand({ UserPoolId: this.id, GroupName, Limit, NextToken });
      const found = await this.client.send(command);
      return { users: (found.Users ?? []).map(toUser), next: found.NextToken };
    });
  }

  /** @param sub of letters, digits, hyphens and underscores only */
  public async byId(sub: string): Promise<PoolUser | undefined> {
    const { Users = [] } = await this.client.send(
      new ListUsersCommand({ UserPoolId: this.id, Filter: `sub = "${sub}"`, Limit: 1 }),
    );
    return Users.map(toUser).find(({ id }) => id === sub);
  }

  public async byName(Username: string): Promise<PoolUser | undefined> {
    const found = await unless('UserNotFoundException', () =>
      this.client.send(new AdminGetUserCommand({ UserPoolId: this.id, Username })),
    );
    return found && toUser({ ...found, Attributes: found.UserAttributes });
  }

  public async groupsOf(Username: string): Promise<readonly string[]> {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const found = await this.client.send(
        new AdminListGroupsForUserCommand({ UserPoolId: this.id, Username, NextToken }),
      );
      names.push(...(found.Groups ?? []).map(({ GroupName = '' }) => GroupName));
      NextToken = found.NextToken;
    } while (NextToken !== undefined);
    return names;
  }

  /** Creates a user, who must choose a password at the first sign-in. Undefined if the name is taken. */
  public async create(Username: string, TemporaryPassword: string): Promise<PoolUser | undefined> {
    const found = await unless('UsernameExistsException', () =>
      this.client.send(
        // The pool sends no message: the administrator informs the user.
        new AdminCreateUserCommand({ UserPoolId: this.id, Username, TemporaryPassword, MessageAction: 'SUPPRESS' }),
      ),
    );
    return found?.User && toUser(found.User);
  }

  public async join(Username: string, GroupName: string): Promise<void> {
    await this.client.send(new AdminAddUserToGroupCommand({ UserPoolId: this.id, Username, GroupName }));
  }

  public async leave(Username: string, GroupName: string): Promise<void> {
    await this.client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId: this.id, Username, GroupName }));
  }

  /** Succeeds if the user has been deleted already. */
  public async delete(Username: string): Promise<void> {
    await unless('UserNotFoundException', () =>
      this.client.send(new AdminDeleteUserCommand({ UserPoolId: this.id, Username })),
    );
  }

  public async disable({ name: Username }: { readonly name: string }): Promise<void> {
    await this.client.send(new AdminDisableUserCommand({ UserPoolId: this.id, Username }));
  }

  public async enable({ name: Username }: { readonly name: string }): Promise<void> {
    await this.client.send(new AdminEnableUserCommand({ UserPoolId: this.id, Username }));
  }

  public async signOut({ name: Username }: { readonly name: string }): Promise<void> {
    await this.client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: this.id, Username }));
  }
}

function toUser({ Username = '', Attributes, Enabled, UserStatus, UserCreateDate }: UserType): PoolUser {
  const value = (name: string) => (Attributes ?? []).find(({ Name }: AttributeType) => Name === name)?.Value;
  return {
    name: Username,
    id: value('sub') ?? '',
    enabled: Enabled ?? false,
    status: UserStatus ?? '',
    created: UserCreateDate ?? new Date(0),
    providerGroups: value('custom:groups') ?? '',
  };
}

/** The result of a call, or undefined if it fails with the given error. */
async function unless<T>(error: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (thrown) {
    if ((thrown as Error).name === error) return undefined;
    throw thrown;
  }
}

/** Only the position of a page comes from the client, so an invalid parameter means an unknown position. */
async function paged(token: string | undefined, call: () => Promise<Users>): Promise<Users> {
  try {
    return await call();
  } catch (error) {
    if (token === undefined || (error as Error).name !== 'InvalidParameterException') throw error;
    throw new UnknownCursor('the user pool has no such page');
  }
}
