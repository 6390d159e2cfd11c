import { Template } from 'aws-cdk-lib/assertions';
import type { IdentityConfig } from '../../lib/config/config';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';

const [SCIENCES] = DEPLOYMENT.workspaces;

/** The stack of a workspace whose members sign in as a file says. */
function workspaceWith(identity: IdentityConfig): Template {
  if (SCIENCES === undefined) throw new Error('no workspace');
  const { workspaces } = deploymentStacks({ ...DEPLOYMENT, workspaces: [{ ...SCIENCES, identity }], projects: [] });
  return Template.fromStack(workspaces[0] as (typeof workspaces)[number]);
}

test('what a file says of SAML, groups and pages is what is deployed', () => {
  const template = workspaceWith({
    provider: { kind: 'saml', metadata: '<EntityDescriptor/>' },
    groups: { member: ['chat-users'] },
    groupsAttribute: 'memberOf',
    clients: { callbackUrls: ['https://chat.example.fr/callback'], corsOrigins: ['https://chat.example.fr'] },
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
    ProviderType: 'SAML',
    AttributeMapping: { 'custom:groups': 'memberOf' },
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    CallbackURLs: ['https://chat.example.fr/callback'],
  });
  template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'OPTIONS', AuthorizationType: 'NONE' });
  for (const output of ['SamlEntityId', 'SamlAcsUrl', 'OidcRedirectUrl', 'SignInUrl', 'ClientId', 'Issuer']) {
    template.hasOutput(output, {});
  }
});

test('pages alone leave the members users of the pool itself', () => {
  const template = workspaceWith({ groups: {}, clients: { callbackUrls: ['https://chat.example.fr/callback'] } });
  template.resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 0);
  template.resourceCountIs('AWS::Cognito::UserPoolGroup', 3);
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    CallbackURLs: ['https://chat.example.fr/callback'],
  });
});
