import { AWS_DOCS, type Samples } from './leak';

const REFERENCE = `${AWS_DOCS}/AWSCloudFormation/latest/TemplateReference`;
const metadata = (host: string) =>
  `<EntityDescriptor entityID="urn:idp"><IDPSSODescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${host}/saml"/></IDPSSODescriptor></EntityDescriptor>`;
const idp = 'login.exemple-idp.com';
const logins = (name: string) => ({
  AllowUnauthenticatedIdentities: false,
  SupportedLoginProviders: { [name]: '1234' },
});
const POOL = 'AWS::Cognito::IdentityPool';
const oidc = (host: string) => ({
  WorkforceName: 'w',
  OidcConfig: {
    AuthorizationEndpoint: `https://${host}/authorize`,
    TokenEndpoint: `https://${host}/token`,
    UserInfoEndpoint: `https://${host}/userinfo`,
    JwksUri: `https://${host}/keys`,
    Issuer: `https://${host}`,
    LogoutEndpoint: `https://${host}/logout`,
  },
});
const allowed = (Action: string, regions: unknown) => ({
  PolicyName: 'p',
  Roles: ['r'],
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': regions } } },
    ],
  },
});
const CONDITIONS = `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_condition-keys.html`;
const task = (Options: object) => ({
  ContainerDefinitions: [
    {
      Name: 'router',
      Image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
      FirelensConfiguration: { Type: 'fluentbit', Options },
    },
  ],
});
const FIRELENS = `${AWS_DOCS}/AmazonECS/latest/developerguide/firelens-taskdef.html`;

/** Parties that learn who signs in or receive data, and permissions outside the boundary. */
export const PARTY_LEAKS: Samples = {
  'an identity pool accepts users of Google': {
    source: `${REFERENCE}/aws-resource-cognito-identitypool.html`,
    type: POOL,
    properties: logins('accounts.google.com'),
  },
  'an identity pool accepts users of Facebook': {
    source: `${REFERENCE}/aws-resource-cognito-identitypool.html`,
    type: POOL,
    properties: logins('graph.facebook.com'),
  },
  'workers sign in at an unknown host': {
    source: `${REFERENCE}/aws-properties-sagemaker-workforce-oidcconfig.html`,
    type: 'AWS::SageMaker::Workforce',
    properties: oidc(idp),
  },
  'users of the account sign in at an unknown host': {
    source: `${REFERENCE}/aws-resource-iam-samlprovider.html`,
    type: 'AWS::IAM::SAMLProvider',
    properties: { SamlMetadataDocument: metadata(idp) },
  },
  'users of a pool sign in at an unknown host, by a file': {
    source: `${REFERENCE}/aws-resource-cognito-userpoolidentityprovider.html`,
    type: 'AWS::Cognito::UserPoolIdentityProvider',
    properties: {
      UserPoolId: 'p',
      ProviderName: 'idp',
      ProviderType: 'SAML',
      ProviderDetails: { MetadataFile: metadata(idp) },
    },
  },
  'users of a search domain sign in at an unknown host': {
    source: `${REFERENCE}/aws-properties-opensearchservice-domain-idp.html`,
    type: 'AWS::OpenSearchService::Domain',
    properties: {
      AdvancedSecurityOptions: {
        SAMLOptions: { Enabled: true, Idp: { EntityId: 'e', MetadataContent: metadata(idp) } },
      },
    },
  },
  'users of a collection sign in at an unknown host': {
    source: `${REFERENCE}/aws-properties-opensearchserverless-securityconfig-samlconfigoptions.html`,
    type: 'AWS::OpenSearchServerless::SecurityConfig',
    properties: { Name: 's', Type: 'saml', SamlOptions: { Metadata: metadata(idp) } },
  },
  'users of Grafana sign in at an unknown host': {
    source: `${REFERENCE}/aws-properties-grafana-workspace-idpmetadata.html`,
    type: 'AWS::Grafana::Workspace',
    properties: { AuthenticationProviders: ['SAML'], SamlConfiguration: { IdpMetadata: { Xml: metadata(idp) } } },
  },
  'metadata of a provider is known only at deployment': {
    source: `${REFERENCE}/aws-resource-iam-samlprovider.html`,
    type: 'AWS::IAM::SAMLProvider',
    properties: { SamlMetadataDocument: { Ref: 'Given' } },
    around: { Parameters: { Given: { Type: 'String' } } },
  },
  'a policy allows DynamoDB in Virginia only': {
    source: CONDITIONS,
    type: 'AWS::IAM::Policy',
    properties: allowed('dynamodb:*', 'us-east-1'),
  },
  'a policy allows S3 in Frankfurt and in Virginia': {
    source: CONDITIONS,
    type: 'AWS::IAM::Policy',
    properties: allowed('s3:PutObject', ['eu-central-1', 'us-east-1']),
  },
  'logs are routed by a configuration in a bucket': {
    source: FIRELENS,
    type: 'AWS::ECS::TaskDefinition',
    properties: task({ 'config-file-type': 's3', 'config-file-value': 'arn:aws:s3:::exemple/router.conf' }),
  },
  'a live channel is sent to an unknown host by SRT': {
    source: `${REFERENCE}/aws-properties-medialive-channel-srtoutputdestinationsettings.html`,
    type: 'AWS::MediaLive::Channel',
    properties: { Destinations: [{ Id: 'd', SrtSettings: [{ Url: 'srt://live.exemple.com:5000' }] }] },
  },
  'a profile of AppFlow names an unknown instance': {
    source: `${REFERENCE}/aws-properties-appflow-connectorprofile-servicenowconnectorprofileproperties.html`,
    type: 'AWS::AppFlow::ConnectorProfile',
    properties: {
      ConnectorProfileName: 'p',
      ConnectorType: 'Servicenow',
      ConnectionMode: 'Public',
      ConnectorProfileConfig: {
        ConnectorProfileProperties: { ServiceNow: { InstanceUrl: 'https://exemple.service-now.com' } },
      },
    },
  },
};

/** The same with hosts of the EU, and permissions that name no place outside. */
export const PARTY_NEAR_MISSES: Samples = {
  'an identity pool accepts users of its own developer': {
    source: `${REFERENCE}/aws-resource-cognito-identitypool.html`,
    type: POOL,
    properties: { AllowUnauthenticatedIdentities: false, DeveloperProviderName: 'login.exemple' },
  },
  'users of the account sign in at a host of AWS in the EU': {
    source: `${REFERENCE}/aws-resource-iam-samlprovider.html`,
    type: 'AWS::IAM::SAMLProvider',
    properties: { SamlMetadataDocument: metadata('portal.sso.eu-central-1.amazonaws.com') },
  },
  'workers sign in at a host of the network': {
    source: `${REFERENCE}/aws-properties-sagemaker-workforce-oidcconfig.html`,
    type: 'AWS::SageMaker::Workforce',
    properties: oidc('login.corp.internal'),
  },
  'a policy allows DynamoDB in Frankfurt only': {
    source: CONDITIONS,
    type: 'AWS::IAM::Policy',
    properties: allowed('dynamodb:*', ['eu-central-1', 'eu-west-1']),
  },
  'a policy allows IAM, which is in Virginia for every account': {
    source: CONDITIONS,
    type: 'AWS::IAM::Policy',
    properties: allowed('iam:GetRole', 'us-east-1'),
  },
  'a policy denies all but Frankfurt and Virginia': {
    source: CONDITIONS,
    type: 'AWS::IAM::Policy',
    properties: {
      PolicyName: 'p',
      Roles: ['r'],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: '*',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'us-east-1'] } },
          },
        ],
      },
    },
  },
  'logs are routed by a configuration in the image': {
    source: FIRELENS,
    type: 'AWS::ECS::TaskDefinition',
    properties: task({ 'config-file-type': 'file', 'config-file-value': '/router.conf' }),
  },
};
