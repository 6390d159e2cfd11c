import { decideArn } from '@/lib/boundary/arn';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideCloudLocation } from '@/lib/boundary/cloud-location';
import { decideHost } from '@/lib/boundary/host';
import { decideRegion } from '@/lib/boundary/region';
import { decideUrl } from '@/lib/boundary/url';
import { decideZone } from '@/lib/boundary/zone';
import { type Told, told } from './support/told';

const EU = ResidencyBoundary.eu();
const GERMANY = ResidencyBoundary.countries('DE');
const FRANKFURT = ResidencyBoundary.regions('eu-central-1');

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['inside', () => decideRegion(EU, 'eu-central-1'), 'inside (region eu-central-1 DE)'],
  ['of another country', () => decideRegion(GERMANY, 'eu-west-3'), "outside (region eu-west-3 FR): 'eu-west-3' is in Paris (FR), outside DE; use 'eu-central-1'"],
  ['other than the only one', () => decideRegion(FRANKFURT, 'eusc-de-east-1'), "outside (region eusc-de-east-1 DE): 'eusc-de-east-1' is in Brandenburg (DE), outside eu-central-1; use 'eu-central-1'"],
  ['where AWS has none', () => decideRegion(ResidencyBoundary.countries('IS'), 'eu-west-3'), "outside (region eu-west-3 FR): 'eu-west-3' is in Paris (FR), outside IS; use a Region of IS (AWS has none there)"],
  ['without a reliable source', () => decideRegion(EU, 'me-west-1'), "unreliable (region me-west-1 SA): no reliable source confirms where 'me-west-1' is; use one of REGIONS"],
  ['that is unknown', () => decideRegion(EU, 'eu-central-9'), "unknown (unknown): 'eu-central-9' isn't a Region in the facts; use one of REGIONS, eusc-de-east-1"],
  ['in another spelling', () => decideRegion(EU, ' EU-central-1'), "malformed (region): ' EU-central-1' isn't a Region code; AWS spells it 'eu-central-1'"],
])('a Region: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['inside, by its name', () => decideZone(EU, 'eu-central-1-ham-1a'), 'inside (zone eu-central-1 DE)'],
  ['inside, by its group', () => decideZone(EU, 'eu-central-1-ham-1'), 'inside (zone eu-central-1 DE)'],
  ['inside, by an ID of two digits', () => decideZone(EU, 'euc1-az12'), 'inside (zone eu-central-1 DE)'],
  ['of a Region outside', () => decideZone(EU, 'eu-west-2a'), "outside (zone eu-west-2 GB): 'eu-west-2' is in London (GB), outside the EU; use one of REGIONS"],
  ['of a Region inside, in another country', () => decideZone(EU, 'eu-west-3-cmn-wlz-1a'), "outside (zone eu-west-3 MA): zone 'eu-west-3-cmn-wlz-1a' of eu-west-3 is in MA, outside the EU"],
  ['without a reliable source', () => decideZone(EU, 'eu-central-1-prg-1a'), "unreliable (zone eu-central-1 CZ): no reliable source confirms where zone 'eu-central-1-prg-1a' is"],
  ['that is unknown', () => decideZone(EU, 'eu-west-3-dkr-wlz-1a'), "unknown (unknown): 'eu-west-3-dkr-wlz-1a' isn't a zone in the facts"],
  ['with something before its ID', () => decideZone(EU, 'x euc1-az1x'), "unknown (unknown): 'x euc1-az1x' isn't a zone in the facts"],
])('a zone: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['of AWS, inside', () => decideHost(EU, 'sqs.eu-west-1.amazonaws.com'), 'inside (host eu-west-1 IE)'],
  ['of AWS, outside', () => decideHost(EU, 'sqs.eu-west-2.amazonaws.com'), "outside (host eu-west-2 GB): 'eu-west-2' is in London (GB), outside the EU; use one of REGIONS"],
  ['of AWS, in an unknown Region', () => decideHost(EU, 'sqs.eu-central-9.amazonaws.com'), "unknown (unknown): 'eu-central-9' isn't a Region in the facts; use one of REGIONS, eusc-de-east-1"],
  ['of AWS, for the world', () => decideHost(EU, 'sts.amazonaws.com'), "anywhere (host us-east-1 US): 'sts.amazonaws.com' is the global endpoint of STS legacy global; use the regional endpoint"],
  ['of AWS, at the edge', () => decideHost(EU, 'd1.cloudfront.net'), "anywhere (host): 'd1.cloudfront.net' (CloudFront) is served from edge locations worldwide"],
  ['of AWS, without a Region', () => decideHost(EU, 'eu-west-1.s3.amazonaws.com'), "placeless (host): 'eu-west-1.s3.amazonaws.com' has no Region; use the regional endpoint"],
  ['of AWS, with the suffix of another partition', () => decideHost(EU, 's3.eusc-de-east-1.amazonaws.com'), "malformed (host eusc-de-east-1 DE): 's3.eusc-de-east-1.amazonaws.com' combines a Region of partition aws-eusc with another partition's suffix"],
  ['of AWS, with the Region before a known label', () => decideHost(EU, 'db.c1.eu-central-1.rds.amazonaws.com'), 'inside (host eu-central-1 DE)'],
  ['of AWS, with the Region before another label', () => decideHost(EU, 'eu-central-1.x.amazonaws.com'), "placeless (host): 'eu-central-1.x.amazonaws.com' has no Region; use the regional endpoint"],
  ['of AWS, that is a known label alone', () => decideHost(EU, 'rds.amazonaws.com'), "placeless (host): 'rds.amazonaws.com' has no Region; use the regional endpoint"],
  ['of AWS, with more than a Region after s3', () => decideHost(EU, 'b.s3-eu-west-1x.amazonaws.com'), "placeless (host): 'b.s3-eu-west-1x.amazonaws.com' has no Region; use the regional endpoint"],
  ['of AWS, with something before s3', () => decideHost(EU, 'b.xs3-eu-west-1.amazonaws.com'), "placeless (host): 'b.xs3-eu-west-1.amazonaws.com' has no Region; use the regional endpoint"],
  ['of OpenAI', () => decideHost(EU, 'api.openai.com'), "outside (host): 'api.openai.com' (OpenAI, default endpoint) processes data in: global"],
  ['anywhere in the EU, for the EU', () => decideHost(EU, 'aiplatform.eu.rep.googleapis.com'), 'inside (host)'],
  ['anywhere in the EU, for one country', () => decideHost(GERMANY, 'aiplatform.eu.rep.googleapis.com'), "outside (host): 'aiplatform.eu.rep.googleapis.com' (Google) may process data anywhere in the EU, which is wider than DE"],
  ['that is unknown', () => decideHost(EU, 'ai.example.org'), "unknown (unknown): the place of 'ai.example.org' is unknown"],
  ['with an empty label', () => decideHost(EU, 'a..b'), "malformed (host): 'a..b' isn't a plain host name in lower case"],
  ['with a label that begins with a hyphen', () => decideHost(EU, 'a.-b'), "malformed (host): 'a.-b' isn't a plain host name in lower case"],
  ['with a label that ends with a hyphen', () => decideHost(EU, 'a-.b'), "malformed (host): 'a-.b' isn't a plain host name in lower case"],
])('a host: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['of a bucket by its name', () => decideUrl(EU, 's3://my-bucket/key'), "placeless (host): 's3://my-bucket/key' names a bucket but not its Region"],
  ['of a bucket by its name alone', () => decideUrl(EU, 's3://my-bucket'), "placeless (host): 's3://my-bucket' names a bucket but not its Region"],
  ['of a bucket without a valid name', () => decideUrl(EU, 's3://My-bucket'), "malformed (host): 's3://My-bucket' isn't an http, https, ws or wss URL with a host"],
  ['with the lowest port', () => decideUrl(EU, 'wss://sqs.eu-west-1.amazonaws.com:1/x'), 'inside (host eu-west-1 IE)'],
  ['with the highest port', () => decideUrl(EU, 'ws://sqs.eu-west-1.amazonaws.com:65535'), 'inside (host eu-west-1 IE)'],
  ['with a port below', () => decideUrl(EU, 'http://example.org:0/'), "malformed (host): 'http://example.org:0/' has no port from 1 to 65535"],
  ['with a port above', () => decideUrl(EU, 'https://example.org:65536/'), "malformed (host): 'https://example.org:65536/' has no port from 1 to 65535"],
  ['with a port of six digits', () => decideUrl(EU, 'https://example.org:000443/'), "malformed (host): 'https://example.org:000443/' has no port from 1 to 65535"],
  ['with a port that is no number', () => decideUrl(EU, 'https://example.org:x/'), "malformed (host): 'https://example.org:x/' has no port from 1 to 65535"],
  ['with two ports', () => decideUrl(EU, 'https://example.org:1:2/'), "malformed (host): 'https://example.org:1:2/' has no port from 1 to 65535"],
  ['without a scheme', () => decideUrl(EU, 'sqs.eu-west-1.amazonaws.com'), "malformed (host): 'sqs.eu-west-1.amazonaws.com' isn't an http, https, ws or wss URL with a host"],
  ['with something before the scheme', () => decideUrl(EU, 'x https://sqs.eu-west-1.amazonaws.com'), "malformed (host): 'x https://sqs.eu-west-1.amazonaws.com' isn't an http, https, ws or wss URL with a host"],
  ['with a password', () => decideUrl(EU, 'https://me:pw@example.org/'), "malformed (host): 'https://***@example.org/' contains user information, which can disguise its host"],
])('a URL: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['inside', () => decideArn(EU, 'arn:aws:bedrock:eu-central-1:1:agent/x'), 'inside (arn eu-central-1 DE)'],
  ['outside', () => decideArn(EU, 'arn:aws:kms:us-east-1:1:key/k'), "outside (arn us-east-1 US): 'us-east-1' is in N. Virginia (US), outside the EU; use one of REGIONS"],
  ['of a router outside', () => decideArn(EU, 'arn:aws:bedrock:us-east-1:1:prompt-router/x'), "outside (arn us-east-1 US): 'us-east-1' is in N. Virginia (US), outside the EU; use one of REGIONS"],
  ['of a router', () => decideArn(EU, 'arn:aws:bedrock:eu-central-1:1:prompt-router/x'), "opaque (arn eu-central-1 DE): 'prompt-router/x' hides the models and Regions it routes to; name the profile that it was created from"],
  ['of a default router', () => decideArn(EU, 'arn:aws:bedrock:eu-central-1:1:default-prompt-router/x'), "opaque (arn eu-central-1 DE): 'default-prompt-router/x' hides the models and Regions it routes to; name the profile that it was created from"],
  ['of an application profile', () => decideArn(EU, 'arn:aws:bedrock:eu-central-1:1:application-inference-profile/x'), "opaque (arn eu-central-1 DE): 'application-inference-profile/x' hides the models and Regions it routes to; name the profile that it was created from"],
  ['of an access point in several Regions', () => decideArn(EU, 'arn:aws:s3::111122223333:accesspoint/m.mrap'), "anywhere (arn): 'arn:aws:s3::111122223333:accesspoint/m.mrap' is a multi-Region access point, which routes to buckets in several Regions"],
  ['of something else with such a name', () => decideArn(EU, 'arn:aws:sqs:eu-west-1:1:m.mrap'), 'inside (arn eu-west-1 IE)'],
  ['of Bedrock, without a Region', () => decideArn(EU, 'arn:aws:bedrock:::foundation-model/x'), "anywhere (arn): 'arn:aws:bedrock:::foundation-model/x' has no Region, which permits global routing; add the Region"],
  ['without a Region', () => decideArn(EU, 'arn:aws:s3:::b'), "placeless (arn): 'arn:aws:s3:::b' has no Region"],
  ['in another partition', () => decideArn(EU, 'arn:aws:kms:eusc-de-east-1:1:key/k'), "malformed (arn eusc-de-east-1 DE): 'arn:aws:kms:eusc-de-east-1:1:key/k' combines partition aws with a Region of aws-eusc"],
  ['of something else below which a router is', () => decideArn(EU, 'arn:aws:bedrock:eu-central-1:1:agent/prompt-router/x'), 'inside (arn eu-central-1 DE)'],
  ['that is none', () => decideArn(EU, 'x arn:aws:kms:eu-central-1:1:key/k'), "malformed (arn): 'x arn:aws:kms:eu-central-1:1:key/k' isn't an ARN"],
])('an ARN: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['inside', () => decideCloudLocation(EU, 'europe-west3'), 'inside (region DE)'],
  ['of Google, outside', () => decideCloudLocation(EU, 'europe-west2'), "outside (region GB): 'europe-west2', a location of Google Cloud, is in GB, outside the EU"],
  ['of Azure, outside', () => decideCloudLocation(EU, 'uksouth'), "outside (region GB): 'uksouth', a location of Azure, is in GB, outside the EU"],
  ['that is unknown', () => decideCloudLocation(EU, 'atlantis'), "unknown (unknown): the location 'atlantis' is unknown"],
])('a location of another cloud: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

test.each([
  [63, 'unknown'],
  [64, 'malformed'],
])('a label of a host has at most 63 characters, not %i', (length, reason) => {
  expect(decideHost(EU, `${'a'.repeat(length)}.org`)).toMatchObject({ inside: false, reason });
});
