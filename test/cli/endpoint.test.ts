import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { endpointFor } from '@/lib/cli/aws/endpoint';

const EU = ResidencyBoundary.eu();

test.each<[string, string, Record<string, string>, string]>([
  ['bedrock', 'eu-central-1', {}, 'https://bedrock.eu-central-1.amazonaws.com'],
  ['sts', 'eusc-de-east-1', {}, 'https://sts.eusc-de-east-1.amazonaws.eu'],
  ['iam', 'us-east-1', {}, 'https://iam.amazonaws.com'],
  ['iam', 'eusc-de-east-1', {}, 'https://iam.eusc-de-east-1.amazonaws.eu'],
  ['ssm', 'eu-west-1', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
  [
    'ssm',
    'eu-west-1',
    { AWS_ENDPOINT_URL_SSM: 'http://localhost:1', AWS_ENDPOINT_URL: 'http://127.0.0.1:2' },
    'http://localhost:1',
  ],
  ['apigateway', 'eu-west-1', { AWS_ENDPOINT_URL_API_GATEWAY: 'http://127.0.0.1:3' }, 'http://127.0.0.1:3'],
  ['servicequotas', 'eu-west-1', { AWS_ENDPOINT_URL_SERVICE_QUOTAS: 'http://127.0.0.1:4' }, 'http://127.0.0.1:4'],
  [
    'sts',
    'eu-west-1',
    { AWS_ENDPOINT_URL_STS: 'https://sts.eu-west-1.amazonaws.com' },
    'https://sts.eu-west-1.amazonaws.com',
  ],
])('%s in %s with %j is called at %s', (service, region, environment, url) => {
  expect(endpointFor(EU, service, region, environment)).toBe(url);
});

test.each([
  'https://sts.amazonaws.com',
  'https://sts.us-east-1.amazonaws.com',
  'https://proxy.example.com',
  'http://127.0.0.1.example.com',
])('%s is refused, with the variable that names it', (url) => {
  expect(() => endpointFor(EU, 'sts', 'eu-central-1', { AWS_ENDPOINT_URL: url })).toThrow(
    /^'AWS_ENDPOINT_URL' would send calls to a host that isn't inside the EU: .*; unset it, or name a host in the boundary/,
  );
});
