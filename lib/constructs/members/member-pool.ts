import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { PROVIDER_NAME } from '../../contract/identity-provider';
import { findRegion } from '../../facts/region';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside } from '../shared/require-inside';
import { GROUPS_ATTRIBUTE, type IdentityProvider } from './identity-provider';

/** Construction properties for a MemberPool. */
export interface MemberPoolProps {
  /** The boundary in which the pool may be. */
  readonly boundary: ResidencyBoundary;

  /**
   * The identity provider at which its users sign in.
   *
   * @default - users that an administrator adds sign in at the pool itself, with a password and a second factor
   */
  readonly provider?: IdentityProvider;
}

/**
 * The users that can sign in: a Cognito user pool of one workspace, or of several that share one registration at an
 * identity provider.
 *
 * It sends no email and no text message, so no personal data leaves its Region. Its domain is Cognito's own in the
 * Region, because a custom domain would be a CloudFront distribution.
 */
export class MemberPool extends Construct {
  /** The user pool. */
  public readonly userPool: cognito.IUserPool;

  /** Whether its users sign in at an identity provider. */
  public readonly isFederated: boolean;

  /**
   * The sign-in URL: the address before `/oauth2/authorize` and `/oauth2/token`. In the sovereign partition it ends in `COGNITO-SUFFIX`,
   * because the facts don't name the suffix of Cognito's sign-in hosts there.
   */
  public readonly signInUrl: string;

  /** The entity ID of the pool at a SAML identity provider. */
  public readonly serviceProviderEntityId: string;

  /** The URL to which a SAML identity provider sends its assertions. */
  public readonly assertionConsumerUrl: string;

  /** The URL to which an OpenID Connect provider redirects with its answers. */
  public readonly redirectUrl: string;

  /** @internal */
  public readonly _provider?: cognito.IUserPoolIdentityProvider;

  /** @throws if the Region is outside the boundary */
  constructor(scope: Construct, id: string, props: MemberPoolProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'it identifies the members');
    this.isFederated = props.provider !== undefined;
    const pool = new cognito.UserPool(this, 'Pool', {
      // The cheapest plan that supports SAML and OpenID Connect; other plans cost more for unused features.
      featurePlan: cognito.FeaturePlan.LITE,
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      // Codes by email or text message would leave through the Region of the service that sends them.
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
        // Cognito writes it at each sign-in, which fails for an immutable attribute.
        customAttributes: { groups: new cognito.StringAttribute({ mutable: true, maxLen: 2_048 }) },
      }),
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
    this.userPool = pool;
    this._provider = props.provider?._addTo(pool);
    // Hexadecimal digits contain none of Cognito's reserved words, and the account ID makes the name unique.
    const domain = pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${this.node.addr.slice(0, 16)}-${Aws.ACCOUNT_ID}` },
    });
    this.signInUrl = signInUrlOf(domain, Stack.of(this).region);
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

  /**
   * The attributes that a client can read and Cognito can write through it.
   *
   * @internal
   */
  public get _attributes(): cognito.ClientAttributes {
    const none = new cognito.ClientAttributes();
    // An empty list would mean all attributes.
    return this.isFederated
      ? none.withCustomAttributes(GROUPS_ATTRIBUTE)
      : none.withStandardAttributes({ locale: true });
  }
}

const NO_THREAT_PROTECTION =
  'threat protection stores the address and device of each sign-in, which nothing here needs, and requires the plus plan; ' +
  'the second factor is required, and the web ACL limits the request rate of an address';

function acknowledge(pool: cognito.UserPool, isFederated: boolean): void {
  for (const rule of ['COG3', 'COG8']) {
    Validations.of(pool).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason: NO_THREAT_PROTECTION });
  }
  if (!isFederated) return;
  Validations.of(pool).acknowledge({
    id: 'AwsSolutions::AwsSolutions-COG2',
    reason: 'no user signs in at the pool itself; the identity provider decides if a second factor is needed',
  });
}

/** CDK names the suffix of the `aws` partition in every partition, so that a member would be sent to a host elsewhere. */
const signInUrlOf = (domain: cognito.UserPoolDomain, region: string): string =>
  findRegion(region)?.partition === 'aws-eusc'
    ? `https://${domain.domainName}.auth.${region}.COGNITO-SUFFIX`
    : domain.baseUrl();
