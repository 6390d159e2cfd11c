import type { Resource, Selected } from '../template/resource';
import { GLUE_SERVERS } from './connection-target';
import { namedValues } from './named-values';

/** Maps whose keys CloudFormation doesn't define, and the keys that name a host to which data is sent. */
interface NamedHosts {
  readonly maps: readonly string[][];
  readonly keys: RegExp;
}

const IDENTITY_PROVIDER = /^(?:authorize_url|token_url|attributes_url|oidc_issuer|MetadataURL)$/;

const NAMED: Readonly<Record<string, NamedHosts>> = {
  'AWS::Cognito::UserPoolIdentityProvider': { maps: [['ProviderDetails']], keys: IDENTITY_PROVIDER },
  'AWS::WorkSpacesWeb::IdentityProvider': { maps: [['IdentityProviderDetails']], keys: IDENTITY_PROVIDER },
  'AWS::Glue::Connection': {
    maps: [['ConnectionInput', 'ConnectionProperties']],
    keys: new RegExp(`^(?:${GLUE_SERVERS.join('|')})$`),
  },
  'AWS::IoT::TopicRule': {
    maps: [
      ['TopicRulePayload', 'Actions', '*', 'Kafka', 'ClientProperties'],
      ['TopicRulePayload', 'ErrorAction', 'Kafka', 'ClientProperties'],
    ],
    keys: /^bootstrap\.servers$/,
  },
  // Each connector has its own keys; these words appear in the keys that name servers.
  'AWS::KafkaConnect::Connector': {
    maps: [['ConnectorConfiguration']],
    keys: /(?:^|[.-])(?:url|uri|urls|hosts?|hostname|endpoint|servers)(?:\.name)?$/i,
  },
};

export const TYPES_WITH_NAMED_HOSTS = Object.keys(NAMED);

/** The hosts in maps whose keys another system defines. */
export function namedHosts(resource: Resource): Selected[] {
  const named = NAMED[resource.type];
  if (named === undefined) return [];
  return named.maps.flatMap((path) => namedValues(resource, path, named.keys));
}
