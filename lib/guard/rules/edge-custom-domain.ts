import type { ResourceRule } from '../rule/rule';

export const edgeCustomDomain: ResourceRule = {
  id: 'edge-custom-domain',
  title: 'Users sign in at a regional domain',
  why: 'Cognito serves a custom domain through a CloudFront distribution, with a certificate in us-east-1; a prefix domain is regional.',
  fix: "Use a prefix domain: remove 'CustomDomainConfig'.",
  source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html',
  appliesTo: ['AWS::Cognito::UserPoolDomain'],

  *check(resource) {
    for (const { path } of resource.select('CustomDomainConfig'))
      yield { path, detail: 'edge locations worldwide serve a custom domain' };
  },
};
