import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { TokenVariables } from '../../contract/environment';
import type { IdentityPolicy } from '../../contract/policies/identity-policy';
import { GROUPS_CLAIMS, MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import type { Foundation } from '../foundation/foundation';
import { GROUPS_ATTRIBUTE } from './identity-provider';
import { KeySetRefresh } from './key-set-refresh';
import { MemberAdministration } from './member-administration';
import type { MemberPool } from './member-pool';

/** Which groups of an identity provider have which role. Somebody in groups of several roles has each of them. */
export interface MemberGroups {
  /**
   * Groups whose people chat, and read their own conversations.
   *
   * @default - none
   */
  readonly member?: string[];

  /**
   * Groups whose people manage members, retention, export and erasure, and read no content.
   *
   * @default - none
   */
  readonly admin?: string[];

  /**
   * Groups whose people read records, and no content.
   *
   * @default - none
   */
  readonly auditor?: string[];
}

/** The pages from which members sign in. */
export interface SignInPages {
  /**
   * Where sign-in leads back to; https, save on this machine.
   *
   * @default ['http://localhost:8788/callback'], for a command on the member's machine
   */
  readonly callbackUrls?: string[];

  /**
   * Where signing out leads to.
   *
   * @default - none
   */
  readonly logoutUrls?: string[];

  /**
   * The origins whose pages may call the API from a browser, such as `https://chat.example.eu`.
   *
   * @default - none
   */
  readonly corsOrigins?: string[];
}

/** Construction properties for WorkspaceMembers. */
export interface WorkspaceMembersProps {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /** Whose key and network it shares. */
  readonly foundation: Foundation;

  /** The workspace's id. */
  readonly workspaceId: string;

  /** Where its members are users. */
  readonly pool: MemberPool;

  /**
   * Whether others come in by the pool too. Then administrators of the workspace do nothing to a user of the pool that
   * others would notice: they keep somebody out of their own workspace alone, and make and delete no users.
   *
   * @default true
   */
  readonly poolIsShared?: boolean;

  /**
   * Which groups of the pool's identity provider have which role. Needed with a provider, and refused without.
   *
   * @default - groups of the pool itself: `ID-member`, `ID-admin` and `ID-auditor`, of the workspace's id
   */
  readonly groups?: MemberGroups;

  /**
   * The pages from which they sign in.
   *
   * @default - as SignInPages say
   */
  readonly pages?: SignInPages;

  /**
   * How long the logs of the functions that read the pool's keys and manage members are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * Who comes into one workspace: its own client of a pool, which its tokens are made out to, the groups that have a role in
 * it, and the keys that tokens are verified by.
 */
export class WorkspaceMembers extends Construct {
  /** The pool. */
  public readonly pool: MemberPool;

  /** The id of the workspace's client. It has no secret: sign-in is an authorization code with PKCE. */
  public readonly clientId: string;

  /** The origins whose pages may call the API from a browser. */
  public readonly corsOrigins: string[];

  /** @internal */
  public readonly _tokenGroups: IdentityPolicy;

  /** @internal */
  public readonly _keySets: KeySetRefresh;

  /** @internal */
  public readonly _administration: MemberAdministration;

  constructor(scope: Construct, id: string, props: WorkspaceMembersProps) {
    super(scope, id);
    const { boundary, foundation, workspaceId, pool, pages = {} } = props;
    this.pool = pool;
    this.corsOrigins = pages.corsOrigins ?? [];
    this._tokenGroups = pool.isFederated ? this.provided(props.groups) : this.ownGroups(workspaceId, props.groups);
    const client = new cognito.UserPoolClient(this, 'Client', {
      userPool: pool.userPool,
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        // Never `aws.cognito.signin.user.admin`, by whose tokens people could write their own attributes, and with them the
        // groups that they are in: Cognito asks of the client that it may write what is mapped.
        scopes: [cognito.OAuthScope.OPENID],
        callbackUrls: pages.callbackUrls ?? ['http://localhost:8788/callback'],
        ...(pages.logoutUrls && { logoutUrls: pages.logoutUrls }),
      },
      supportedIdentityProviders: [pool._signInBy],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // Whoever is disabled, or leaves a group, is out once their token is over.
      idTokenValidity: Duration.minutes(15),
      accessTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.hours(8),
      readAttributes: pool._attributes,
      writeAttributes: pool._attributes,
    });
    // For the same reason no sign-in by Cognito's own API, whose tokens have that scope; without a list it would be open.
    (client.node.defaultChild as cognito.CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
    if (pool._provider !== undefined) client.node.addDependency(pool._provider);
    this.clientId = client.userPoolClientId;
    const log = {
      logKey: foundation.logKey,
      logRetention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    };
    this._keySets = new KeySetRefresh(this, 'Keys', { boundary, userPool: pool.userPool, ...log });
    this._administration = new MemberAdministration(this, 'Administration', {
      boundary,
      workspaceId,
      pool,
      clientId: this.clientId,
      isShared: props.poolIsShared ?? true,
      identity: this._tokenGroups,
      corsOrigins: this.corsOrigins,
      keySets: this._keySets,
      ...log,
    });
  }

  /**
   * Lets somebody verify tokens of the members, and find whom an administrator keeps out.
   *
   * @returns the environment by which their handler does so
   * @internal
   */
  public _grantVerify(grantee: iam.IGrantable): TokenVariables {
    this._keySets.grantRead(grantee);
    const { suspensions } = this._administration;
    suspensions.grantRead(grantee);
    return {
      KEY_SETS_TABLE_ARN: this._keySets.table.table.tableArn,
      SUSPENSIONS_TABLE_ARN: suspensions.table.tableArn,
      USER_POOL_ID: this.pool.userPool.userPoolId,
      USER_POOL_CLIENT_ID: this.clientId,
    };
  }

  private provided(groups: MemberGroups = {}): IdentityPolicy {
    const { member = [], admin = [], auditor = [] } = groups;
    const wrong = [...member, ...admin, ...auditor].find((group) => !/^[^\s,"[\]%][^,"[\]%]*$/.test(group));
    if (member.length + admin.length + auditor.length === 0 || wrong !== undefined) {
      throw new Error(
        `${this.node.path}: 'groups' must name the groups of the identity provider that have a role, without comma, quote, ` +
          `bracket or percent sign, got ${wrong === undefined ? 'none' : `'${wrong}'`}; nobody would be let in, or others would`,
      );
    }
    return { groupsClaim: GROUPS_ATTRIBUTE, groups: { member, admin, auditor } };
  }

  private ownGroups(workspaceId: string, groups?: MemberGroups): IdentityPolicy {
    if (groups !== undefined) {
      throw new Error(
        `${this.node.path}: 'groups' are those of an identity provider, and the pool has none; leave them out, and add users ` +
          `to the pool's groups ${MEMBER_ROLES.map((role) => `${workspaceId}-${role}`).join(', ')}`,
      );
    }
    const { userPoolId } = this.pool.userPool;
    for (const role of MEMBER_ROLES) {
      const groupName = `${workspaceId}-${role}`;
      new cognito.CfnUserPoolGroup(this, `Group-${role}`, { userPoolId, groupName });
    }
    const own = (role: MemberRole) => [`${workspaceId}-${role}`];
    return {
      groupsClaim: GROUPS_CLAIMS.pool,
      groups: { member: own('member'), admin: own('admin'), auditor: own('auditor') },
    };
  }
}
