import { placeProperties, typesWith } from '../places/place-properties';
import type { Breach, ResourceRule } from '../rule/rule';
import { knownText, type Resource } from '../template/resource';

const IDENTITY_PROVIDER = 'AWS::Cognito::UserPoolIdentityProvider';

/** Providers of identities that are companies; SAML and OIDC are protocols, by which an own server is spoken to. */
const PEOPLES_ACCOUNTS = ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'];

const FLOW = 'AWS::AppFlow::Flow';

/** Ends of a flow that are services of AWS; a flow may name another by its type alone, with a profile made elsewhere. */
const CONNECTORS_OF_AWS = /^(?:S3|Redshift|EventBridge|CustomerProfiles|LookoutMetrics)$/;

export const thirdPartySetting: ResourceRule = {
  id: 'third-party-setting',
  title: 'No setting hands data to a third party whose place is not declared',
  why: 'By being there, the setting connects the resource to a party other than AWS.',
  fix: 'Remove the setting, or except it by name with a reason that says where the other side processes.',
  source: 'https://docs.aws.amazon.com/whitepapers/latest/navigating-gdpr-compliance/welcome.html',
  appliesTo: [...typesWith('third-party'), 'AWS::WAFv2::WebACL', 'AWS::Lex::Bot', IDENTITY_PROVIDER],

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
      if (resource.type === IDENTITY_PROVIDER && provider && PEOPLES_ACCOUNTS.includes(provider))
        yield { path, value: provider, detail: `'${provider}' learns who signs in` };
    }
    if (resource.type === FLOW) yield* connectorsOf(resource);
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
          detail: `the rule group is that of '${vendor ?? 'a vendor known only at deploy'}'`,
        };
    }
  },
};

function* connectorsOf(resource: Resource): Generator<Breach> {
  const ends = [
    ...resource.select('DestinationFlowConfigList', '*', 'ConnectorType'),
    ...resource.select('SourceFlowConfig', 'ConnectorType'),
  ];
  for (const { path, value } of ends) {
    const connector = knownText(value);
    if (connector === undefined)
      yield { path, level: 'unresolved', detail: 'what the flow connects to is known only at deploy' };
    else if (!CONNECTORS_OF_AWS.test(connector))
      yield { path, value: connector, detail: `'${connector}' is a third party` };
  }
}
