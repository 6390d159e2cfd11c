import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { bedrockEndpoints, type Environment, storeEndpoint } from '@/lib/runtime/aws/endpoint';

const eu = ResidencyBoundary.eu();
const endpoints = (environment: Environment, ...regions: string[]) =>
  Object.fromEntries(bedrockEndpoints(eu, regions.length > 0 ? regions : ['eu-central-1'], environment));

test('calls the regional endpoint of each source Region', () => {
  expect(endpoints({}, 'eu-central-1', 'eu-north-1', 'eusc-de-east-1')).toEqual({
    'eu-central-1': 'https://bedrock-runtime.eu-central-1.amazonaws.com',
    'eu-north-1': 'https://bedrock-runtime.eu-north-1.amazonaws.com',
    'eusc-de-east-1': 'https://bedrock-runtime.eusc-de-east-1.amazonaws.eu',
  });
});

test.each<[string, Environment, string]>([
  ['loopback', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
  ['loopback in IPv6', { AWS_ENDPOINT_URL: 'http://[::1]:4566' }, 'http://[::1]:4566'],
  [
    "the Region's own VPC endpoint",
    { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com' },
    'https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com',
  ],
  [
    "the service's before the general one",
    { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://localhost:1', AWS_ENDPOINT_URL: 'http://localhost:2' },
    'http://localhost:1',
  ],
  [
    'an empty variable',
    { AWS_ENDPOINT_URL: '', HTTPS_PROXY: '' },
    'https://bedrock-runtime.eu-central-1.amazonaws.com',
  ],
  [
    'a proxy on this machine',
    { HTTPS_PROXY: 'http://localhost:3128' },
    'https://bedrock-runtime.eu-central-1.amazonaws.com',
  ],
])('takes %s', (_, environment, url) => {
  expect(endpoints(environment)).toEqual({ 'eu-central-1': url });
});

test.each<[string, Environment, string]>([
  [
    'an endpoint in the US',
    { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'https://bedrock-runtime.us-east-1.amazonaws.com' },
    "because 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME' would send requests to a host that isn't inside the EU: 'us-east-1' is in ",
  ],
  [
    'an endpoint in London',
    { AWS_ENDPOINT_URL: 'https://bedrock-runtime.eu-west-2.amazonaws.com' },
    "'AWS_ENDPOINT_URL' would send",
  ],
  [
    'an unknown host',
    { AWS_ENDPOINT_URL: 'https://bedrock.example.com' },
    "the place of 'bedrock.example.com' is unknown",
  ],
  [
    'a host dressed up as loopback',
    { AWS_ENDPOINT_URL: 'http://127.0.0.1@bedrock.example.com' },
    'contains user information',
  ],
  ['a host that begins like loopback', { AWS_ENDPOINT_URL: 'http://127.0.0.1.example.com' }, "isn't inside the EU"],
  ['a proxy elsewhere', { HTTPS_PROXY: 'http://proxy.example.com:3128' }, "'HTTPS_PROXY' would send"],
  ['a proxy in lower case', { https_proxy: 'http://proxy.example.com:3128' }, "'https_proxy' would send"],
  ['a proxy without a scheme', { ALL_PROXY: 'proxy.example.com:3128' }, 'URL with a host'],
  [
    'an endpoint outside of a service that only gives credentials',
    { AWS_ENDPOINT_URL_STS: 'https://sts.us-east-1.amazonaws.com' },
    "'AWS_ENDPOINT_URL_STS' would send",
  ],
  [
    'the endpoint of another Region inside',
    { AWS_ENDPOINT_URL: 'https://bedrock-runtime.eu-west-1.amazonaws.com' },
    'must be an https endpoint of eu-central-1, which the gateway calls, got one of eu-west-1',
  ],
  [
    'an endpoint without encryption',
    { AWS_ENDPOINT_URL: 'http://bedrock-runtime.eu-central-1.amazonaws.com' },
    'must be an https endpoint',
  ],
])('does not start with %s', (_, environment, message) => {
  expect(() => endpoints(environment)).toThrow(message);
});

test('does not start with one endpoint for two Regions', () => {
  const url = 'https://bedrock-runtime.eu-central-1.amazonaws.com';
  expect(() => endpoints({ AWS_ENDPOINT_URL: url }, 'eu-central-1', 'eu-north-1')).toThrow('endpoint of eu-north-1');
});

test('never repeats the password of a proxy', () => {
  expect(() => endpoints({ HTTPS_PROXY: 'http://user:hunter2@proxy.example.com' })).toThrow(/^(?!.*hunter2)/);
});

describe('the endpoint of the table', () => {
  test('is the one of its Region', () => {
    expect(storeEndpoint(eu, 'dynamodb', 'eu-central-1', {})).toBe('https://dynamodb.eu-central-1.amazonaws.com');
    expect(storeEndpoint(eu, 'dynamodb', 'eusc-de-east-1', {})).toBe('https://dynamodb.eusc-de-east-1.amazonaws.eu');
  });

  test('is taken from its own variable, and not from that of Bedrock', () => {
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:1', AWS_ENDPOINT_URL: 'http://localhost:2' };
    expect(storeEndpoint(eu, 'dynamodb', 'eu-central-1', environment)).toBe('http://localhost:1');
    expect(endpoints(environment)).toEqual({ 'eu-central-1': 'http://localhost:2' });
  });

  test.each<[string, string, Environment, string]>([
    ['a Region outside', 'us-east-1', {}, "the endpoint of us-east-1' would send requests to a host that isn't inside"],
    ['London', 'eu-west-2', {}, "isn't inside the EU"],
    ['no Region', 'nowhere', {}, "isn't inside the EU"],
    [
      'an endpoint outside',
      'eu-central-1',
      { AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.us-east-1.amazonaws.com' },
      "'AWS_ENDPOINT_URL_DYNAMODB' would send",
    ],
    [
      'another Region inside',
      'eu-central-1',
      { AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.eu-west-1.amazonaws.com' },
      'must be an https endpoint of eu-central-1',
    ],
    ['a proxy elsewhere', 'eu-central-1', { HTTPS_PROXY: 'http://proxy.example.com' }, "'HTTPS_PROXY' would send"],
  ])('is refused for %s', (_, region, environment, message) => {
    expect(() => storeEndpoint(eu, 'dynamodb', region, environment)).toThrow(message);
  });
});
