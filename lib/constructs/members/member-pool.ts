import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { requireInside } from '../shared/require-inside';
import { GROUPS_ATTRIBUTE, type IdentityProvider, PROVIDER_NAME } from './identity-provider';

/** Construction properties for a MemberPool. */
export interface MemberPoolProps {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /**
   * Where its people sign in.
   *
   * @default - in the pool itself, as users that an administrator added, with a password and a second factor
   */
  readonly provider?: IdentityProvider;
}

/**
 * Who may come: a Cognito user pool of one workspace, or of several that share one registration at an identity provider.
 *
 * It sends no mail and no text message, so that nothing of anybody leaves its Region. Its domain is one of Cognito's own
 * Region: a custom one would be a distribution of CloudFront.
 */
export class MemberPool extends Construct {
  /** The user pool. */
  public readonly userPool: cognito.IUserPool;

  /** Whether its people sign in at an identity provider. */
  public readonly isFederated: boolean;

  /** Where sign-in begins: the address before `/oauth2/authorize` and `/oauth2/token`. */
  public readonly signInUrl: string;

  /** By what name a SAML identity provider knows the pool. */
  public readonly serviceProviderEntityId: string;

  /** Where a SAML identity provider sends its assertions. */
  public readonly assertionConsumerUrl: string;

  /** Where an OpenID Connect provider sends its answers. */
  public readonly redirectUrl: string;

  /** @internal */
  public readonly _provider?: cognito.IUserPoolIdentityProvider;

  constructor(scope: Construct, id: string, props: MemberPoolProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'it says who the members are');
    this.isFederated = props.provider !== undefined;
    const pool = new cognito.UserPool(this, 'Pool', {
      // The least that signs in by SAML and OpenID Connect: what isn't used isn't paid for.
      featurePlan: cognito.FeaturePlan.LITE,
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      // Codes by mail or text message would leave through whatever Region sends them.
      accountRecovery: cognito.AccountRecovery.NONE,
      autoVerify: {},
      mfa: this.isFederated ? cognito.Mfa.OFF : cognito.Mfa.REQUIRED,
      ...(!this.isFederated && { mfaSecondFactor: { otp: true, sms: false } }),
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(1),
      },
      ...(this.isFederated && {
        // Cognito writes it anew at each sign-in, which it can't where it is immutable.
        customAttributes: { groups: new cognito.StringAttribute({ mutable: true, maxLen: 2_048 }) },
      }),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.userPool = pool;
    this._provider = props.provider?._addTo(pool);
    // Hexadecimal digits spell none of the words that Cognito keeps for itself; the account makes it nobody else's.
    const domain = pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${this.node.addr.slice(0, 16)}-${Aws.ACCOUNT_ID}` },
    });
    this.signInUrl = domain.baseUrl();
    this.serviceProviderEntityId = `urn:amazon:cognito:sp:${pool.userPoolId}`;
    this.assertionConsumerUrl = `${this.signInUrl}/saml2/idpresponse`;
    this.redirectUrl = `${this.signInUrl}/oauth2/idpresponse`;
    acknowledge(pool, this.isFederated);
  }

  /** The issuer of its tokens. */
  public get issuer(): string {
    return `https://cognito-idp.${Stack.of(this).region}.${Aws.URL_SUFFIX}/${this.userPool.userPoolId}`;
  }

  /** @internal */
  public get _signInBy(): cognito.UserPoolClientIdentityProvider {
    return this._provider === undefined
      ? cognito.UserPoolClientIdentityProvider.COGNITO
      : cognito.UserPoolClientIdentityProvider.custom(PROVIDER_NAME);
  }

  /** What a client may see and Cognito may write through it. @internal */
  public get _attributes(): cognito.ClientAttributes {
    const none = new cognito.ClientAttributes();
    // An empty list would mean all of them.
    return this.isFederated
      ? none.withCustomAttributes(GROUPS_ATTRIBUTE)
      : none.withStandardAttributes({ locale: true });
  }
}

const NO_THREAT_PROTECTION =
  'threat protection keeps the address and device of each sign-in, which nothing here needs, and is what the plus plan is ' +
  'for; the second factor is required, and the web ACL limits how often an address may ask the API';

function acknowledge(pool: cognito.UserPool, isFederated: boolean): void {
  for (const rule of ['COG3', 'COG8']) {
    Validations.of(pool).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason: NO_THREAT_PROTECTION });
  }
  if (!isFederated) return;
  Validations.of(pool).acknowledge({
    id: 'AwsSolutions::AwsSolutions-COG2',
    reason: 'nobody signs in at the pool itself; whether a second factor is needed is decided by the identity provider',
  });
}
