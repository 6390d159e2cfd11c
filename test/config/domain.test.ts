import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const ARN = 'arn:aws:acm:eu-central-1:111122223333:certificate/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60';
const DOMAIN = { name: 'ai.example.eu', certificate: ARN };
const ZONE = { id: 'Z0123456789ABCDEFGHIJ', name: 'example.eu' };
const withDomain = (change: object = {}, before = '') =>
  edited('name: exemple\n', `name: exemple\n${before}domain: ${JSON.stringify({ ...DOMAIN, ...change })}\n`);
const messages = (text: string) => linesOf(text).map((line) => line.replace(/^residency\.yaml:\d+:\d+: /, ''));

test.each([
  ['with a record in a zone', { ...DOMAIN, hostedZone: ZONE }],
  ['without one', DOMAIN],
  ['at the top of its zone', { ...DOMAIN, name: 'example.eu', hostedZone: ZONE }],
])('a domain %s is accepted', (_, domain) => {
  expect(readConfig(withDomain(domain), 'residency.yaml').deployment?.domain).toEqual(domain);
});

const inRegion = (region: string) => ARN.replace('eu-central-1', region);

// biome-ignore format: one row a line
test.each<[string, object, string]>([
  ['for the edge', { certificate: inRegion('us-east-1') }, `domain.certificate: found '${inRegion('us-east-1')}', which is for edge-optimised domains: requests would enter through CloudFront, anywhere in the world; request one in 'eu-central-1'`],
  ['outside', { certificate: inRegion('eu-west-2') }, `domain.certificate: found '${inRegion('eu-west-2')}', which is in 'eu-west-2', but a regional domain needs a certificate in its own Region; request one in 'eu-central-1'`],
  ['of another Region inside', { certificate: inRegion('eu-west-1') }, "which is in 'eu-west-1', but a regional domain needs a certificate in its own Region"],
  ['of another partition', { certificate: ARN.replace('arn:aws:', 'arn:aws-eusc:') }, 'combines partition aws-eusc with a Region of aws'],
  ['of IAM', { certificate: 'arn:aws:iam::111122223333:server-certificate/ai' }, 'allowed: the ARN of an ACM certificate'],
])('a certificate %s is refused', (_, change, message) => {
  expect(messages(withDomain(change)).join('\n')).toContain(message);
});

test('a certificate of another account is refused', () => {
  expect(messages(withDomain({}, "account: '444455556666'\n"))).toEqual([
    `domain.certificate: found '${ARN}', which belongs to account 111122223333, but the deployment is in 444455556666; request one there`,
  ]);
});

test.each([
  'AI.example.eu',
  '*.example.eu',
  'localhost',
  'ai.example.eu.',
  'https://ai.example.eu',
  '10.0.0.1',
  'ai..eu',
])('a name %s is refused', (name) => {
  expect(messages(withDomain({ name }))).toEqual([
    `domain.name: found '${name}'; allowed: a host name of at least two labels in lower case, such as ai.example.eu, without a wildcard`,
  ]);
});

test('a zone that does not contain the name is refused', () => {
  expect(messages(withDomain({ hostedZone: { ...ZONE, name: 'ample.eu' } }))).toEqual([
    "domain.hostedZone.name: found 'ample.eu', which can't contain a record of 'ai.example.eu'; use the zone that contains it, or " +
      "remove 'hostedZone' and create a CNAME record yourself",
  ]);
});

test('a domain without its certificate is refused', () => {
  expect(messages(withDomain({ certificate: undefined })).join()).toContain('domain.certificate: is missing');
});
