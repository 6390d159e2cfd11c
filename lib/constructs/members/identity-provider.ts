import * as cognito from 'aws-cdk-lib/aws-cognito';
import { SecretValue } from 'aws-cdk-lib/core';
import { GROUPS_CLAIMS } from '../../contract/roles';

/** How a SAML identity provider is known. */
export interface SamlProviderOptions {
  /** The text of its metadata. An address is not taken: Cognito would fetch it from there again and again. */
  readonly metadata: string;

  /**
   * The attribute of its assertions that names the groups of who signs in.
   *
   * @default 'groups'
   */
  readonly groupsAttribute?: string;
}

/** How an OpenID Connect provider is known. */
export interface OidcProviderOptions {
  /** Its issuer, an https URL, at which Cognito finds its endpoints. */
  readonly issuer: string;

  /** The client by which it knows the pool. */
  readonly clientId: string;

  /** The name of the Secrets Manager secret, in the stack's Region, that is the client's secret. */
  readonly clientSecretName: string;

  /**
   * What is asked of it beside `openid`, for the groups to be in its answer.
   *
   * @default - nothing
   */
  readonly scopes?: string[];

  /**
   * The claim that names the groups of who signs in.
   *
   * @default 'groups'
   */
  readonly groupsAttribute?: string;
}

/** Of a pool's attribute for the groups that the provider named, and the claim of tokens that has it. */
export const GROUPS_ATTRIBUTE = GROUPS_CLAIMS.provider;

/** The one name of every provider in a pool, which its sign-in page and the names of its users show. */
export const PROVIDER_NAME = 'Organisation';

/** Where the people of an organisation sign in. */
export class IdentityProvider {
  /** A provider that speaks SAML 2.0. Its name identifiers must be persistent: by them somebody is the same next time. */
  public static saml(options: SamlProviderOptions): IdentityProvider {
    return new IdentityProvider(
      (pool) =>
        new cognito.UserPoolIdentityProviderSaml(pool, 'Provider', {
          userPool: pool,
          name: PROVIDER_NAME,
          metadata: cognito.UserPoolIdentityProviderSamlMetadata.file(options.metadata),
          requestSigningAlgorithm: cognito.SigningAlgorithm.RSA_SHA256,
          // An assertion that nobody asked for can be slipped to somebody else's browser.
          idpInitiated: false,
          attributeMapping: mapping(options.groupsAttribute),
        }),
    );
  }

  /** A provider that speaks OpenID Connect. */
  public static oidc(options: OidcProviderOptions): IdentityProvider {
    return new IdentityProvider(
      (pool) =>
        new cognito.UserPoolIdentityProviderOidc(pool, 'Provider', {
          userPool: pool,
          name: PROVIDER_NAME,
          issuerUrl: options.issuer,
          clientId: options.clientId,
          // Resolved by CloudFormation, so that no template holds it.
          clientSecret: SecretValue.secretsManager(options.clientSecretName).unsafeUnwrap(),
          scopes: ['openid', ...(options.scopes ?? [])],
          attributeMapping: mapping(options.groupsAttribute),
        }),
    );
  }

  private constructor(
    /** @internal */
    public readonly _addTo: (pool: cognito.UserPool) => cognito.IUserPoolIdentityProvider,
  ) {}
}

const mapping = (attribute = 'groups'): cognito.AttributeMapping => ({
  custom: { [GROUPS_ATTRIBUTE]: cognito.ProviderAttribute.other(attribute) },
});
