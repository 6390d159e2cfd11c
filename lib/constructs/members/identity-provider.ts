import * as cognito from 'aws-cdk-lib/aws-cognito';
import { SecretValue } from 'aws-cdk-lib/core';
import { PROVIDER_NAME } from '../../contract/identity-provider';
import { GROUPS_CLAIMS } from '../../contract/roles';

/** The settings of a SAML identity provider. */
export interface SamlProviderOptions {
  /**
   * The text of its metadata document. A URL isn't supported, because Cognito would fetch the document from it
   * repeatedly.
   */
  readonly metadata: string;

  /**
   * The attribute of its assertions that holds the user's groups.
   *
   * @default 'groups'
   */
  readonly groupsAttribute?: string;
}

/** The settings of an OpenID Connect provider. */
export interface OidcProviderOptions {
  /** Its issuer, an https URL from which Cognito discovers its endpoints. */
  readonly issuer: string;

  /** The ID of the pool's client at the provider. */
  readonly clientId: string;

  /** The name of the Secrets Manager secret, in the stack's Region, that holds the client's secret. */
  readonly clientSecretName: string;

  /**
   * Scopes requested in addition to `openid`, if the provider needs them to return the groups.
   *
   * @default - none
   */
  readonly scopes?: string[];

  /**
   * The claim that holds the user's groups.
   *
   * @default 'groups'
   */
  readonly groupsAttribute?: string;
}

/** The name of the pool's attribute for the groups from the provider, and of the tokens' claim that holds it. */
export const GROUPS_ATTRIBUTE = GROUPS_CLAIMS.provider;

/** The identity provider at which an organisation's users sign in. */
export class IdentityProvider {
  /**
   * A provider that supports SAML 2.0. Its name identifiers must be persistent, because they identify a user across
   * sign-ins.
   */
  public static saml(options: SamlProviderOptions): IdentityProvider {
    return new IdentityProvider(
      (pool) =>
        new cognito.UserPoolIdentityProviderSaml(pool, 'Provider', {
          userPool: pool,
          name: PROVIDER_NAME,
          metadata: cognito.UserPoolIdentityProviderSamlMetadata.file(options.metadata),
          requestSigningAlgorithm: cognito.SigningAlgorithm.RSA_SHA256,
          // An assertion without a request could be injected into another user's browser.
          idpInitiated: false,
          attributeMapping: mapping(options.groupsAttribute),
        }),
    );
  }

  /** A provider that supports OpenID Connect. */
  public static oidc(options: OidcProviderOptions): IdentityProvider {
    return new IdentityProvider(
      (pool) =>
        new cognito.UserPoolIdentityProviderOidc(pool, 'Provider', {
          userPool: pool,
          name: PROVIDER_NAME,
          issuerUrl: options.issuer,
          clientId: options.clientId,
          // CloudFormation resolves it, so that no template holds it.
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
