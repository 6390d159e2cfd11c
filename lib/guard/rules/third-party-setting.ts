import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule, Violation } from '../rule/rule';
import { isMap } from '../template/node';
import { knownText, type Resource } from '../template/resource';

const IDENTITY_PROVIDER = 'AWS::Cognito::UserPoolIdentityProvider';

/** Identity providers that are companies; SAML and OIDC are protocols, which can address an organisation's own server. */
const CONSUMER_IDENTITY_PROVIDERS = ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'];

const IDENTITY_POOL = 'AWS::Cognito::IdentityPool';

const FLOW = 'AWS::AppFlow::Flow';

/** Connectors that are AWS services; a flow may name another by type alone, with a profile created elsewhere. */
const CONNECTORS_OF_AWS = /^(?:S3|Redshift|EventBridge|CustomerProfiles|LookoutMetrics)$/;

export const thirdPartySetting: ResourceRule = {
  id: 'third-party-setting',
  title: 'No setting shares data with a third party in an undeclared place',
  why: 'The presence of this setting connects the resource to a party other than AWS.',
  fix: 'Remove the setting, or add an exception whose reason states where the third party processes data.',
  source: 'https://docs.aws.amazon.com/whitepapers/latest/navigating-gdpr-compliance/welcome.html',
  appliesTo: [...typesWith('third-party'), 'AWS::WAFv2::WebACL', 'AWS::Lex::Bot', IDENTITY_PROVIDER, IDENTITY_POOL],

  *check(resource) {
    for (const { path } of placeProperties(resource, 'third-party'))
      yield { path, detail: `'${path.split('/').at(-1)}' is a third party` };
    for (const { path } of resource.select(
      'BotLocales',
      '*',
      'SpeechRecognitionSettings',
      'SpeechModelConfig',
      'DeepgramConfig',
    )) {
      yield { path, detail: "'DeepgramConfig' is a third party" };
    }
    for (const { path, value } of resource.select('ProviderType')) {
      const provider = knownText(value);
      if (provider && CONSUMER_IDENTITY_PROVIDERS.includes(provider))
        yield { path, value: provider, detail: `'${provider}' learns which users sign in` };
    }
    if (resource.type === FLOW) yield* connectorsOf(resource);
    if (resource.type === IDENTITY_POOL) yield* loginsOf(resource);
    for (const { path, value } of resource.select(
      'Rules',
      '*',
      'Statement',
      'ManagedRuleGroupStatement',
      'VendorName',
    )) {
      const vendor = knownText(value);
      if (resource.type === 'AWS::WAFv2::WebACL' && vendor !== 'AWS')
        yield {
          path,
          value: vendor,
          detail: `the rule group's vendor is '${vendor ?? 'known only at deployment'}'`,
        };
    }
  },
};

function* connectorsOf(resource: Resource): Generator<Violation> {
  const ends = [
    ...resource.select('DestinationFlowConfigList', '*', 'ConnectorType'),
    ...resource.select('SourceFlowConfig', 'ConnectorType'),
  ];
  for (const { path, value } of ends) {
    const connector = knownText(value);
    if (connector === undefined)
      yield { path, level: 'unresolved', detail: "the flow's connector is known only at deployment" };
    else if (!CONNECTORS_OF_AWS.test(connector))
      yield { path, value: connector, detail: `'${connector}' is a third party` };
  }
}

/** Every provider that an identity pool accepts by itself is a company. */
function* loginsOf(resource: Resource): Generator<Violation> {
  for (const { path, value } of resource.select('SupportedLoginProviders')) {
    if (isMap(value))
      for (const name of Object.keys(value))
        yield { path, value: name, detail: `'${name}' learns which users sign in` };
    else yield { path, level: 'unresolved', detail: 'the login providers are known only at deployment' };
  }
}
