import { decideArn } from '@/lib/boundary/arn';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideHost } from '@/lib/boundary/host';
import { decideRegion } from '@/lib/boundary/region';
import { decideUrl } from '@/lib/boundary/url';
import { decideZone } from '@/lib/boundary/zone';

const EU = ResidencyBoundary.eu();
const EEA = ResidencyBoundary.eea();
const GERMANY = ResidencyBoundary.countries('DE');
const FRANKFURT = ResidencyBoundary.regions('eu-central-1');

/** `inside`, or the reason for the refusal. */
const verdict = (decision: ReturnType<typeof decideRegion>) => (decision.inside ? 'inside' : decision.reason);

describe('Region', () => {
  test.each([
    ['Frankfurt', EU, 'eu-central-1', 'inside'],
    ['Stockholm', EU, 'eu-north-1', 'inside'],
    ['Milan', EU, 'eu-south-1', 'inside'],
    ['Spain', EU, 'eu-south-2', 'inside'],
    ['Ireland', EU, 'eu-west-1', 'inside'],
    ['Paris', EU, 'eu-west-3', 'inside'],
    ['the sovereign Region, without an eu- prefix', EU, 'eusc-de-east-1', 'inside'],
    ['London, with an eu- prefix', EU, 'eu-west-2', 'outside'],
    ['London under the EEA', EEA, 'eu-west-2', 'outside'],
    ['Zurich, with an eu- prefix', EU, 'eu-central-2', 'outside'],
    ['Zurich under the EEA', EEA, 'eu-central-2', 'outside'],
    ['the isolated partition, with an eu- prefix', EU, 'eu-isoe-west-1', 'unreliable'],
    ['Virginia', EU, 'us-east-1', 'outside'],
    ['Tel Aviv', EU, 'il-central-1', 'outside'],
    ['a Region of the SDK table only', EU, 'me-west-1', 'unreliable'],
    ['another one', EU, 'sa-west-1', 'unreliable'],
    ['an unknown code', EU, 'eu-central-9', 'unknown'],
    ['upper case', EU, 'EU-CENTRAL-1', 'malformed'],
    ['white space before', EU, ' eu-central-1', 'malformed'],
    ['white space after', EU, 'eu-central-1\n', 'malformed'],
    ['nothing', EU, '', 'unknown'],
    ['a property of every object', EU, 'constructor', 'unknown'],
    ['Frankfurt for Germany', GERMANY, 'eu-central-1', 'inside'],
    ['the sovereign Region for Germany', GERMANY, 'eusc-de-east-1', 'inside'],
    ['Paris for Germany', GERMANY, 'eu-west-3', 'outside'],
    ['Frankfurt for the Region Frankfurt', FRANKFURT, 'eu-central-1', 'inside'],
    ['the sovereign Region for the Region Frankfurt', FRANKFURT, 'eusc-de-east-1', 'outside'],
  ])('%s', (_, boundary, code, expected) => {
    expect(verdict(decideRegion(boundary, code))).toBe(expected);
    expect(boundary.containsRegion(code)).toBe(expected === 'inside');
  });

  test('a refusal states the place and what would be allowed', () => {
    expect(decideRegion(EU, 'eu-west-2')).toEqual({
      inside: false,
      place: { kind: 'region', value: 'eu-west-2', region: 'eu-west-2', country: 'GB' },
      reason: 'outside',
      detail:
        "'eu-west-2' is in London (GB), outside the EU; " +
        'use one of eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3',
    });
  });
});

describe('zone', () => {
  test.each([
    ['an Availability Zone of Frankfurt', EU, 'eu-central-1a', 'inside'],
    ['an Availability Zone in London', EU, 'eu-west-2a', 'outside'],
    ['the id of a zone of Frankfurt', EU, 'euc1-az2', 'inside'],
    ['the id of a zone of Zurich', EU, 'euc2-az1', 'outside'],
    ['an unknown zone id', EU, 'xyz9-az1', 'unknown'],
    ['Casablanca, under Paris', EU, 'eu-west-3-cmn-wlz-1a', 'outside'],
    ['Casablanca by its id', EU, 'euw3-cmn1-wlz1', 'outside'],
    ['Istanbul, under Frankfurt', EU, 'eu-central-1-ist-1a', 'outside'],
    ['an unknown Wavelength Zone under Paris', EU, 'eu-west-3-dkr-wlz-1a', 'unknown'],
    ['Hamburg', EU, 'eu-central-1-ham-1a', 'inside'],
    ['Hamburg by its id', EU, 'euc1-ham1-az1', 'inside'],
    ['Warsaw', EU, 'eu-central-1-waw-1a', 'inside'],
    ['Athens', EU, 'eu-central-1-ath-1a', 'inside'],
    ['Copenhagen', EU, 'eu-north-1-cph-1a', 'inside'],
    ['Helsinki', EU, 'eu-north-1-hel-1a', 'inside'],
    ['Prague, planned by a third party', EU, 'eu-central-1-prg-1a', 'unreliable'],
    ['Hamburg for Germany', GERMANY, 'eu-central-1-ham-1a', 'inside'],
    ['Warsaw for Germany', GERMANY, 'eu-central-1-waw-1a', 'outside'],
    ['Hamburg for the Region Frankfurt', FRANKFURT, 'eu-central-1-ham-1a', 'inside'],
    ['Warsaw for the Region Frankfurt', FRANKFURT, 'eu-central-1-waw-1a', 'outside'],
    ['upper case', EU, 'EU-CENTRAL-1A', 'unknown'],
    ['a digit for the letter', EU, 'eu-central-11', 'unknown'],
  ])('%s', (_, boundary, zone, expected) => {
    expect(verdict(decideZone(boundary, zone))).toBe(expected);
  });
});

describe('host', () => {
  test.each([
    ['Bedrock in Frankfurt', 'bedrock-runtime.eu-central-1.amazonaws.com', 'inside'],
    ['Bedrock in London', 'bedrock-runtime.eu-west-2.amazonaws.com', 'outside'],
    ['Bedrock mantle in Stockholm', 'bedrock-mantle.eu-north-1.api.aws', 'inside'],
    ['the sovereign suffix', 'bedrock-runtime.eusc-de-east-1.amazonaws.eu', 'inside'],
    ['the sovereign dual-stack suffix', 's3.eusc-de-east-1.api.amazonwebservices.eu', 'inside'],
    ['a sovereign Region under the commercial suffix', 's3.eusc-de-east-1.amazonaws.com', 'malformed'],
    ['a commercial Region under the sovereign suffix', 's3.eu-central-1.amazonaws.eu', 'malformed'],
    ['the isolated partition', 'sqs.eu-isoe-west-1.cloud.adc-e.uk', 'unreliable'],
    ['a bucket', 'b.s3.eu-west-1.amazonaws.com', 'inside'],
    ['a dual-stack bucket', 'b.s3.dualstack.eu-west-1.amazonaws.com', 'inside'],
    ['a bucket with a legacy dash', 'b.s3-eu-west-1.amazonaws.com', 'inside'],
    ['a website in Sydney', 'b.s3-website-ap-southeast-2.amazonaws.com', 'outside'],
    ['a bucket called like a Region, without one', 'eu-west-1.s3.amazonaws.com', 'placeless'],
    ['a database', 'db.c1.eu-central-1.rds.amazonaws.com', 'inside'],
    ['a load balancer in Ohio', 'lb.us-east-2.elb.amazonaws.com', 'outside'],
    ['a Lambda function URL', 'abc.lambda-url.eu-west-3.on.aws', 'inside'],
    ['a Cognito prefix domain', 'login.auth.eu-central-1.amazoncognito.com', 'inside'],
    ['an unknown Region', 'sqs.eu-central-9.amazonaws.com', 'unknown'],
    ['S3 without a Region', 's3.amazonaws.com', 'anywhere'],
    ['STS without a Region', 'sts.amazonaws.com', 'anywhere'],
    ['a multi-Region access point', 'm.accesspoint.s3-global.amazonaws.com', 'anywhere'],
    ['CloudFront', 'd1.cloudfront.net', 'anywhere'],
    ['a look-alike', 'bedrock-runtime.eu-central-1.amazonaws.com.example.org', 'unknown'],
    ['a look-alike without a dot', 'evilamazonaws.com', 'unknown'],
    ['a trailing dot', 'bedrock-runtime.eu-central-1.amazonaws.com.', 'malformed'],
    ['upper case', 'Bedrock-Runtime.eu-central-1.amazonaws.com', 'malformed'],
    ['a port', 'bedrock-runtime.eu-central-1.amazonaws.com:443', 'malformed'],
    ['white space', 'bedrock-runtime.eu-central-1.amazonaws.com ', 'malformed'],
    ['user information', 'eu-central-1.amazonaws.com@evil.example', 'malformed'],
    ['a homograph', 'bedrock-runtime.eu‑central-1.amazonaws.com', 'malformed'],
    ["OpenAI's Europe, which includes Switzerland", 'eu.api.openai.com', 'outside'],
    ['OpenAI', 'api.openai.com', 'outside'],
    ["Mistral's Europe, which includes EFTA", 'api.eu.mistral.ai', 'outside'],
    ['Mistral without a Region', 'api.mistral.ai', 'outside'],
    ['Anthropic', 'api.anthropic.com', 'outside'],
    ['Azure, where the SKU decides', 'x.openai.azure.com', 'outside'],
    ["Google's eu multi-region", 'aiplatform.eu.rep.googleapis.com', 'inside'],
    ["Google's London", 'europe-west2-aiplatform.googleapis.com', 'outside'],
    ["Google's global endpoint", 'aiplatform.googleapis.com', 'outside'],
    ['an address', '10.0.0.1', 'unknown'],
    ['nothing', '', 'malformed'],
  ])('%s', (_, host, expected) => {
    expect(verdict(decideHost(EU, host))).toBe(expected);
  });

  test('a host that may be anywhere in the EU is outside a one-country boundary', () => {
    expect(verdict(decideHost(GERMANY, 'aiplatform.eu.rep.googleapis.com'))).toBe('outside');
  });
});

describe('URL', () => {
  test.each([
    ['a regional endpoint', 'https://bedrock-runtime.eu-central-1.amazonaws.com/model/x', 'inside'],
    ['a port', 'https://sqs.eu-west-1.amazonaws.com:443/1/q', 'inside'],
    ['a bucket by name', 's3://my-bucket/key', 'placeless'],
    ['a bucket by host', 'https://b.s3.us-west-2.amazonaws.com/k', 'outside'],
    ['a Region in the path only', 'https://example.org/eu-central-1.amazonaws.com', 'unknown'],
    ['a Region in the query only', 'https://example.org?x=https://sqs.eu-west-1.amazonaws.com', 'unknown'],
    ['a Region as user information', 'https://sqs.eu-west-1.amazonaws.com@example.org/', 'malformed'],
    ['a back slash', 'https://sqs.eu-west-1.amazonaws.com\\@example.org/', 'malformed'],
    ['no scheme', 'sqs.eu-west-1.amazonaws.com/1/q', 'malformed'],
    ['an empty host', 'https:///x', 'malformed'],
  ])('%s', (_, url, expected) => {
    expect(verdict(decideUrl(EU, url))).toBe(expected);
  });

  test('messages never repeat a password', () => {
    expect(JSON.stringify(decideUrl(EU, 'https://me:secret@example.org/'))).toContain('https://***@example.org/');
  });
});

describe('ARN', () => {
  const haiku = 'anthropic.claude-haiku-4-5-20251001-v1:0';
  test.each([
    ['a table in Ireland', 'arn:aws:dynamodb:eu-west-1:111122223333:table/t', 'inside'],
    ['a table in Virginia', 'arn:aws:dynamodb:us-east-1:111122223333:table/t', 'outside'],
    ['a bucket', 'arn:aws:s3:::b', 'placeless'],
    ['a role', 'arn:aws:iam::111122223333:role/r', 'placeless'],
    ['a key in the sovereign partition', 'arn:aws-eusc:kms:eusc-de-east-1:111122223333:key/k', 'inside'],
    ['a key with the wrong partition', 'arn:aws:kms:eusc-de-east-1:111122223333:key/k', 'malformed'],
    [
      'an EU profile from Frankfurt',
      `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.${haiku}`,
      'inside',
    ],
    [
      'an EU profile from London',
      `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.${haiku}`,
      'routes-outside',
    ],
    ['a global profile', `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.${haiku}`, 'anywhere'],
    ['a model in Frankfurt', `arn:aws:bedrock:eu-central-1::foundation-model/${haiku}`, 'inside'],
    ['a model without Region', `arn:aws:bedrock:::foundation-model/${haiku}`, 'anywhere'],
    ['an application profile', 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc', 'opaque'],
    [
      'the EU guardrail profile',
      'arn:aws:bedrock:eu-west-3:111122223333:guardrail-profile/eu.guardrail.v1:0',
      'inside',
    ],
    [
      'the EU guardrail profile from Tel Aviv',
      'arn:aws:bedrock:il-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0',
      'routes-outside',
    ],
    [
      'data automation from London',
      'arn:aws:bedrock:eu-west-2:111122223333:data-automation-profile/eu.data-automation-v1',
      'routes-outside',
    ],
    [
      'data automation from Spain',
      'arn:aws:bedrock:eu-south-2:111122223333:data-automation-profile/eu.data-automation-v1',
      'inside',
    ],
    [
      'data automation from Paris, no source of it',
      'arn:aws:bedrock:eu-west-3:111122223333:data-automation-profile/eu.data-automation-v1',
      'no-route',
    ],
    ['no ARN', 'arn:aws:s3', 'malformed'],
  ])('%s', (_, arn, expected) => {
    expect(verdict(decideArn(EU, arn))).toBe(expected);
  });
});

describe('declaring a boundary', () => {
  test.each([
    ['an empty list', () => ResidencyBoundary.countries(), 'a boundary needs at least one country, one of AT'],
    [
      'Switzerland',
      () => ResidencyBoundary.countries('DE', 'CH'),
      "a boundary may contain only EEA countries, got 'CH'",
    ],
    ['lower case', () => ResidencyBoundary.countries('de'), "got 'de'"],
    [
      'London',
      () => ResidencyBoundary.regions('eu-west-2'),
      "got 'eu-west-2', which is in GB; use one of eu-central-1",
    ],
    ['an unknown Region', () => ResidencyBoundary.regions('eu-central-9'), "got 'eu-central-9'; use one of"],
    ['no Region', () => ResidencyBoundary.regions(), 'a boundary needs at least one Region'],
    ['an unknown word', () => ResidencyBoundary.parse('europe'), "got 'europe'"],
    ['nothing', () => ResidencyBoundary.parse(''), "got ''"],
  ])('%s throws', (_, declare, message) => {
    expect(declare).toThrow(message);
  });

  test.each([
    ['eu', 'eu'],
    ['eea', 'eea'],
    ['FR,DE', 'DE,FR'],
    ['DE, FR', 'DE,FR'],
    ['eu-west-1,eu-central-1', 'eu-central-1,eu-west-1'],
  ])('%s is parsed', (text, name) => {
    expect(ResidencyBoundary.parse(text).name).toBe(name);
  });

  test('the Regions of one partition can be listed', () => {
    expect(EU.regionCodes('aws-eusc')).toEqual(['eusc-de-east-1']);
    expect(EU.regionCodes('aws')).not.toContain('eusc-de-east-1');
  });
});

test('the lists of a boundary are copies, so that no caller can widen it', () => {
  const boundary = ResidencyBoundary.countries('DE');
  boundary.countryCodes.push('US');
  boundary.regionCodes().push('us-east-1');
  expect(boundary.countryCodes).toEqual(['DE']);
  expect([boundary.containsCountry('US'), boundary.containsRegion('us-east-1')]).toEqual([false, false]);
});

test('a boundary of Regions has no whole country, and names those that it is in', () => {
  expect(FRANKFURT.containsCountry('DE')).toBe(false);
  expect([FRANKFURT.countryCodes, GERMANY.containsCountry('DE')]).toEqual([['DE'], true]);
});

test('a refused country is answered with those that are allowed', () => {
  expect(() => ResidencyBoundary.countries('CH')).toThrow(
    `a boundary may contain only EEA countries, got 'CH'; use one of ${EEA.countryCodes.join(', ')}, in upper case`,
  );
});
