import { Unresolved } from '../template/node';
import type { Resource, Selected } from '../template/resource';

/** The properties that hold the metadata of a SAML identity provider, as XML. */
const METADATA: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails', 'MetadataFile'],
  'AWS::Grafana::Workspace': ['SamlConfiguration', 'IdpMetadata', 'Xml'],
  'AWS::IAM::SAMLProvider': ['SamlMetadataDocument'],
  'AWS::OpenSearchServerless::SecurityConfig': ['SamlOptions', 'Metadata'],
  'AWS::OpenSearchService::Domain': ['AdvancedSecurityOptions', 'SAMLOptions', 'Idp', 'MetadataContent'],
};

export const TYPES_WITH_METADATA = Object.keys(METADATA);

/** The URL of a service to which the metadata sends a browser. */
const LOCATION = /\bLocation\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The hosts at which users sign in, by the metadata of their identity provider. */
export function samlHosts(resource: Resource): Selected[] {
  const property = METADATA[resource.type];
  if (property === undefined) return [];
  return resource.select(...property).flatMap(({ path, value }): Selected[] => {
    if (typeof value !== 'string') return [{ path, value }];
    const hosts = [...value.matchAll(LOCATION)].map(([, double, single]) => ({ path, value: double ?? single ?? '' }));
    return hosts.length > 0 ? hosts : [{ path, value: new Unresolved('the metadata names no URL of the provider') }];
  });
}
