import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { TokenVariables } from '../../contract/environment';
import type { IdentityPolicy } from '../../contract/policies/identity-policy';
import { LINK_DAYS } from '../../contract/record-links';
import { TOKEN_MINUTES } from '../../contract/token-validity';
import type { Foundation } from '../foundation/foundation';
import type { DirectoryTable } from './directory-table';
import { KeySetRefresh } from './key-set-refresh';
import { MemberAdministration } from './member-administration';
import { type MemberGroups, ownGroups, providedGroups } from './member-groups';
import type { MemberPool } from './member-pool';
import type { PerMemberMonitoring } from './workspace-monitoring';

/** The pages from which members sign in. */
export interface SignInPages {
  /**
   * The URLs to which sign-in returns; https, except on the member's own machine.
   *
   * @default ['http://localhost:8788/callback'] - for a command on the member's machine
   */
  readonly callbackUrls?: string[];

  /**
   * The URLs to which sign-out returns.
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
  /** The boundary in which it may be. */
  readonly boundary: ResidencyBoundary;

  /** The foundation whose key and network it shares. */
  readonly foundation: Foundation;

  /** The workspace's ID. */
  readonly workspaceId: string;

  /** The user pool of its members. */
  readonly pool: MemberPool;

  /**
   * Whether other workspaces use the pool too. If so, the workspace's administrators can't change users of the pool in
   * a way that affects other workspaces: they suspend members in their own workspace only, and can't create or delete
   * users.
   *
   * @default true
   */
  readonly poolIsShared?: boolean;

  /**
   * The groups of the pool's identity provider that have each role. Required with a provider, and refused without one.
   *
   * @default - groups of the pool itself: `ID-member`, `ID-admin` and `ID-auditor`, with the workspace's ID
   */
  readonly groups?: MemberGroups;

  /**
   * The directory that SCIM writes. Its users and groups decide who is a member in which role, and the groups of tokens
   * don't. Refused if the pool has no identity provider.
   *
   * @default - the groups of tokens decide
   */
  readonly directory?: DirectoryTable;

  /**
   * The pages from which members sign in.
   *
   * @default - a command on the member's machine, as in the defaults of SignInPages
   */
  readonly pages?: SignInPages;

  /**
   * Retention of the logs of the functions that read the pool's keys and manage members.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * For how long the record of a request can be linked to the member who made it, in whole days. An erasure of the
   * member deletes the links before that.
   *
   * @default Duration.days(30)
   */
  readonly recordLinks?: Duration;

  /**
   * Opens the use of single members to auditors until a day.
   *
   * @default - nothing shows what a single member did
   */
  readonly perMember?: PerMemberMonitoring;
}

/**
 * The members of one workspace: its own client of a pool, for which its tokens are issued, the groups that have a role
 * in it, and the keys that verify tokens.
 */
export class WorkspaceMembers extends Construct {
  /** The pool. */
  public readonly pool: MemberPool;

  /** The ID of the workspace's client. It has no secret: sign-in uses an authorization code with PKCE. */
  public readonly clientId: string;

  /** The origins whose pages may call the API from a browser. */
  public readonly corsOrigins: string[];

  private readonly directory?: DirectoryTable;

  /** @internal */
  public readonly _tokenGroups: IdentityPolicy;

  /** @internal */
  public readonly _keySets: KeySetRefresh;

  /** @internal */
  public readonly _administration: MemberAdministration;

  /** @throws if groups are missing or malformed with an identity provider, or set without one */
  constructor(scope: Construct, id: string, props: WorkspaceMembersProps) {
    super(scope, id);
    const { boundary, foundation, workspaceId, pool, pages = {} } = props;
    this.pool = pool;
    this.corsOrigins = pages.corsOrigins ?? [];
    this.directory = props.directory;
    this.requireProvider();
    this._tokenGroups = pool.isFederated
      ? { ...(this.directory && { scim: true }), ...providedGroups(this, props.groups) }
      : ownGroups(this, pool.userPool, workspaceId, props.groups);
    const client = new cognito.UserPoolClient(this, 'Client', {
      userPool: pool.userPool,
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        // Never `aws.cognito.signin.user.admin`: with its tokens, users could write their own attributes, including
        // their groups, because Cognito requires the client to have write access to mapped attributes.
        scopes: [cognito.OAuthScope.OPENID],
        callbackUrls: pages.callbackUrls ?? ['http://localhost:8788/callback'],
        ...(pages.logoutUrls && { logoutUrls: pages.logoutUrls }),
      },
      supportedIdentityProviders: [pool._signInBy],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // A disabled user, or one who leaves a group, loses access when their token expires.
      idTokenValidity: Duration.minutes(TOKEN_MINUTES),
      accessTokenValidity: Duration.minutes(TOKEN_MINUTES),
      refreshTokenValidity: Duration.hours(8),
      readAttributes: pool._attributes,
      writeAttributes: pool._attributes,
    });
    // For the same reason there is no sign-in through Cognito's own API, whose tokens have that scope; without a list
    // it would be enabled.
    (client.node.defaultChild as cognito.CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
    if (pool._provider !== undefined) client.node.addDependency(pool._provider);
    this.clientId = client.userPoolClientId;
    const log = {
      logKey: foundation.logKey,
      logRetention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    };
    this._keySets = new KeySetRefresh(this, 'Keys', {
      boundary,
      userPool: pool.userPool,
      ...log,
    });
    this._keySets.alarmIn(this, 'KeysStale', foundation._channel);
    this._administration = new MemberAdministration(this, 'Administration', {
      boundary,
      workspaceId,
      pool,
      clientId: this.clientId,
      isShared: props.poolIsShared ?? true,
      identity: this._tokenGroups,
      corsOrigins: this.corsOrigins,
      keySets: this._keySets,
      recordLinkDays: this.linkDays(props.recordLinks),
      perMember: props.perMember,
      directory: this.directory,
      ...log,
    });
  }

  /**
   * Grants verifying tokens of the members, and reading if a member is suspended.
   *
   * @returns the variables that the grantee's handler needs for this
   * @internal
   */
  public _grantVerify(grantee: iam.IGrantable): TokenVariables {
    this._keySets.grantRead(grantee);
    return this._grantCheck(grantee);
  }

  /**
   * Grants checking whether a member is suspended, to a role that verifies no tokens.
   *
   * @returns the variables of the gateway's bundle
   * @internal
   */
  public _grantCheck(grantee: iam.IGrantable): TokenVariables {
    const { suspensions } = this._administration;
    suspensions.grantRead(grantee);
    this.directory?.grantDecide(grantee);
    return {
      ...this.directoryVariable(),
      KEY_SETS_TABLE_ARN: this._keySets.table.table.tableArn,
      SUSPENSIONS_TABLE_ARN: suspensions.table.tableArn,
      USER_POOL_ID: this.pool.userPool.userPoolId,
      USER_POOL_CLIENT_ID: this.clientId,
    };
  }

  /**
   * Grants reading in which groups members are, where SCIM decides on them.
   *
   * @internal
   */
  public _grantReadGroups(grantee: iam.IGrantable): void {
    this.directory?.grantReadGroups(grantee);
  }

  /**
   * Grants reading who gave roles, and which roles users of the pool hold.
   *
   * @returns the variables that the grantee's handler needs for this
   * @internal
   */
  public _grantReadRoles(
    grantee: iam.IGrantable,
  ): Pick<TokenVariables, 'DIRECTORY_TABLE_ARN' | 'SUSPENSIONS_TABLE_ARN' | 'USER_POOL_ID'> {
    const { isFederated, userPool } = this.pool;
    const { suspensions } = this._administration;
    suspensions.grantRead(grantee);
    // An attribute of the user lists the groups of an identity provider.
    userPool.grant(grantee, 'cognito-idp:ListUsers', ...(isFederated ? [] : ['cognito-idp:AdminListGroupsForUser']));
    this.directory?.grantReadRoles(grantee);
    return {
      ...this.directoryVariable(),
      SUSPENSIONS_TABLE_ARN: suspensions.table.tableArn,
      USER_POOL_ID: userPool.userPoolId,
    };
  }

  private directoryVariable(): Pick<TokenVariables, 'DIRECTORY_TABLE_ARN'> {
    return this.directory ? { DIRECTORY_TABLE_ARN: this.directory.table.tableArn } : {};
  }

  private requireProvider(): void {
    if (this.directory === undefined || this.pool.isFederated) return;
    throw new Error(
      `${this.node.path}: 'directory' must be left out without an identity provider, because SCIM sends no passwords, so the users that it ` +
        "sends couldn't sign in, got a pool with users of its own; give the pool a 'provider'",
    );
  }

  private linkDays(period: Duration | undefined): number {
    const days = period?.toDays({ integral: false }) ?? LINK_DAYS;
    if (Number.isSafeInteger(days) && days >= 1) return days;
    throw new Error(
      `${this.node.path}: 'recordLinks' must be a whole number of days, at least one, because auditors couldn't find who made a request ` +
        `otherwise, got ${days} days; set it to Duration.days(1) or more`,
    );
  }
}
