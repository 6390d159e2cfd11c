import { parseArn } from '@/lib/boundary/arn-parts';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { cognitoIssuer } from '@/lib/boundary/cognito-issuer';
import { DOMAIN_NAME, isInZone } from '@/lib/boundary/domain-name';
import { hostSource, matchesHost } from '@/lib/boundary/host-pattern';
import { likelyKind, makerOf, modelIdIn } from '@/lib/boundary/model-kind';
import { byDistance, didYouMean, nearest } from '@/lib/boundary/nearest';
import { looksLikeProfile } from '@/lib/boundary/profile-id';
import { where } from '@/lib/boundary/region';
import { isS3Host } from '@/lib/boundary/s3-host';
import { isLoopback } from '@/lib/boundary/server';
import { PACKAGED } from '@/lib/facts/packaged';

const EU = ResidencyBoundary.eu();

test.each([
  ['ai.example.eu', true],
  ['a.eu', true],
  [`${'a'.repeat(63)}.eu`, true],
  ['example.xn--p1ai', true],
  [`a.xn--${'a'.repeat(59)}`, true],
  [`${'a.'.repeat(125)}eu`, true],
  [`${'a.'.repeat(126)}eu`, false],
  [`${'a'.repeat(64)}.eu`, false],
  [`a.${'a'.repeat(64)}`, false],
  [`a.xn--${'a'.repeat(60)}`, false],
  ['eu', false],
  ['a.e', false],
  ['-a.eu', false],
  ['a-.eu', false],
  ['a..eu', false],
  ['.eu', false],
  ['*.example.eu', false],
  ['Example.eu', false],
  ['example.e1', false],
  ['example.eu.', false],
  ['example.eu\n', false],
  [' example.eu', false],
])("'%s' is a domain name: %s", (name, expected) => expect(DOMAIN_NAME.test(name)).toBe(expected));

test('a name is in its own zone and in those above it', () => {
  const names = ['example.eu', 'ai.example.eu', 'myexample.eu', 'eu'];
  expect(names.filter((name) => isInZone(name, 'example.eu'))).toEqual(['example.eu', 'ai.example.eu']);
});

test.each([
  ['s3.eu-west-1.amazonaws.com', true],
  ['s3-eu-west-1.amazonaws.com', true],
  ['s3.dualstack.eu-west-1.amazonaws.com', true],
  ['bucket.s3.eu-west-1.amazonaws.com', true],
  ['bucket.s3.dualstack.eu-west-1.amazonaws.com', true],
  ['buckets3.eu-west-1.amazonaws.com', false],
  ['s3-website.eu-west-1.amazonaws.com', false],
  ['s3.eu-west-2.amazonaws.com', false],
  ['s3.eu-west-1.amazonaws.com.example.org', false],
])('%s is an S3 host of Ireland: %s', (host, expected) => expect(isS3Host(host, 'eu-west-1')).toBe(expected));

test('an unknown Region has no S3 host', () => {
  expect(isS3Host('s3.eu-west-9.undefined', 'eu-west-9')).toBe(false);
  expect(isS3Host('s3.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1')).toBe(true);
});

test.each([
  ['<name>.example.org', 'a-1.example.org', true],
  ['<name>.example.org', 'a.b.example.org', false],
  ['<name>.example.org', '.example.org', false],
  ['<name>.example.org', 'xa.example.orgx', false],
  ['<name>.example.org', 'a.exampleXorg', false],
  ['eu-<name>.example.org', 'eu-1.example.org', true],
  ['eu-<name>.example.org', 'us-1.example.org', false],
  ['<one>.<two>.org', 'a.b.org', true],
  ['example.org', 'example.org', true],
  ['example.org', 'exampleXorg', false],
])('%s matches %s: %s', (pattern, host, expected) => expect(matchesHost(pattern, host)).toBe(expected));

test('the other characters of a pattern mean themselves', () => {
  expect(hostSource('a.<x>+b')).toBe('a\\.[a-z0-9-]+\\+b');
});

test.each([
  ['eu.amazon.nova-lite-v1:0', true],
  ['us-gov.amazon', false],
  ['us-gov.amazon.nova.x', true],
  ['eu.guardrail.v1:0', true],
  ['eu.data-automation-v1', true],
  ['eu.nova', false],
  ['amazon.nova-lite-v1:0', false],
  ['xeu.amazon.nova-lite-v1:0', false],
  ['1 eu.amazon.nova-lite-v1:0', false],
  ['EU.amazon.nova-lite-v1:0', false],
])('%s looks like a profile: %s', (id, expected) => expect(looksLikeProfile(id)).toBe(expected));

test('the maker and the model are parts of an id', () => {
  expect(['anthropic.claude', 'claude', '.claude', 'a.b.c'].map(makerOf)).toEqual(['anthropic', '', '', 'a']);
  expect(['eu.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'].map(modelIdIn)).toEqual([
    'amazon.nova-lite-v1:0',
    'amazon.nova-lite-v1:0',
  ]);
});

test('the kind of an unknown model is read from its id', () => {
  const ids = ['acme.embed-1', 'acme.text-1', 'cohere.embed-v4:0', 'openai.gpt-oss-safeguard-20b'];
  expect(ids.map((id) => likelyKind(PACKAGED, id))).toEqual(['embedding', 'text', 'embedding', 'safeguard']);
});

test.each([
  ['arn:aws:s3:::b', { partition: 'aws', service: 's3', region: '', account: '', resource: 'b' }],
  [
    'arn:aws-us-gov:a4b.x:eu-west-1:1:table/t:x y',
    { partition: 'aws-us-gov', service: 'a4b.x', region: 'eu-west-1', account: '1', resource: 'table/t:x y' },
  ],
  ['xarn:aws:s3:::b', undefined],
  ['arn:aws:s3:::', undefined],
  ['arn:aws:s3::: b', undefined],
  ['arn:aws:s3:eu west:1:b', undefined],
  ['arn:aws:s3::1 1:b', undefined],
  ['arn:AWS:s3:::b', undefined],
  ['arn:aws::::b', undefined],
  ['arn:aws:s3:::b\nc', undefined],
])('the parts of %j', (text, parts) => expect(parseArn(text)).toEqual(parts));

test.each([
  ['eu-central-1_AbCdEf123', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123'],
  ['eusc-de-east-1_A', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_A'],
  [`eu-west-1_${'a'.repeat(40)}`, `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_${'a'.repeat(40)}`],
])('the issuer of %s', (pool, issuer) => expect(cognitoIssuer(EU, pool)).toBe(issuer));

test.each([
  '',
  'us-east-1_A',
  'eu-central-9_A',
  'eu-west-1_',
  `eu-west-1_${'a'.repeat(41)}`,
  'x eu-west-1_A',
  'eu-west-1_A/',
])("'%s' is no pool inside", (pool) =>
  expect(() => cognitoIssuer(EU, pool)).toThrow(
    `the user pool's id must be the id of a Cognito user pool in a Region inside the EU, such as eu-central-1_AbCdEf123; deploy it again`,
  ),
);

test.each([
  ['http://localhost', true],
  ['https://127.9.9.9/v1', true],
  ['http://[::1]:8000', true],
  ['http://localhost.example.org', false],
  ['http://10.0.0.1', false],
  ['x http://localhost', false],
  ['ftp://localhost', false],
  ['', false],
])("'%s' names this machine: %s", (url, expected) => expect(isLoopback(url)).toBe(expected));

test('a place has its city, if that is known', () => {
  expect(['eu-west-2', 'nowhere-1'].map(where)).toEqual(['London (GB)', 'an unknown place']);
});

describe('the nearest candidate', () => {
  const names = ['retention', 'models', 'regions'];

  test.each([
    ['retenton', 'retention'],
    ['RETENTION', 'retention'],
    ['reteniton', 'retention'],
    ['modles', 'models'],
    ['model', 'models'],
    ['mode', undefined],
    ['regions ', 'regions'],
    ['regon', undefined],
    ['xxxxxx', undefined],
    ['ret', undefined],
    ['', undefined],
  ])("of '%s' is %s", (text, expected) => expect(nearest(text, names)).toBe(expected));

  test('counts a letter that is added, dropped, changed or swapped once', () => {
    const order = ['abcd', 'abc', 'abcde', 'abxd', 'acbd', 'xbcd', 'dcba', 'wxyz'];
    expect(byDistance('abcd', [...order].reverse())).toEqual([
      'abcd',
      'xbcd',
      'acbd',
      'abxd',
      'abcde',
      'abc',
      'dcba',
      'wxyz',
    ]);
    expect(nearest('ab', ['ba'])).toBe('ba');
    expect(nearest('ab', ['cd'])).toBeUndefined();
    expect(nearest('ab', ['xa'])).toBeUndefined();
    expect(nearest('a', [])).toBeUndefined();
  });

  test('compares the first 256 characters', () => {
    const long = 'a'.repeat(256);
    expect(byDistance(`${long}b`, [`${long}c`, long])).toEqual([`${long}c`, long]);
    expect(byDistance(long.slice(1), [`${long.slice(0, 254)}b`, long.slice(1)])[0]).toBe(long.slice(1));
  });

  test('is asked for, if there is one', () => {
    expect(didYouMean('modles', names)).toBe("; did you mean 'models'?");
    expect([didYouMean('xxxxxx', names), didYouMean(7, names)]).toEqual(['', '']);
  });
});
