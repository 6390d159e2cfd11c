import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { placeMatchesIn, refusedPlaces } from '@/lib/guard/scan/places-in-text';
import { OWN_VALUE, UNRESOLVED } from '@/lib/guard/template/placeholder';

const EU = ResidencyBoundary.eu();
const found = (text: string) =>
  placeMatchesIn(EU, text, 'eu-central-1').map(({ value, kind, decision }) => [value, kind, decision.reason]);

test.each<[string, string[][]]>([
  ['s3.amazonaws.com', [['s3.amazonaws.com', 'other', 'anywhere']]],
  ['importexport.amazonaws.com', [['importexport.amazonaws.com', 'other', 'anywhere']]],
  ['lambda.amazonaws.com', []],
  ['sts.amazonaws.com', []],
  ['https://sts.amazonaws.com', [['sts.amazonaws.com', 'other', 'anywhere']]],
  ['https://a.amazonaws.com', [['a.amazonaws.com', 'other', 'placeless']]],
  [`https://${UNRESOLVED}.amazonaws.com/x`, []],
  [`https://${OWN_VALUE}.s3.amazonaws.com/x`, []],
  [`https://${UNRESOLVED}.us-east-1.amazonaws.com`, [['us-east-1', 'code', 'outside']]],
  ['https://S3.us-east-1.amazonaws.com/', [['S3.us-east-1.amazonaws.com', 'other', 'outside']]],
  ['sqs.cn-north-1.amazonaws.com.cn', [['sqs.cn-north-1.amazonaws.com.cn', 'other', 'outside']]],
  ['arn:aws:sqs:us-east-1:111122223333:q', [['arn:aws:sqs:us-east-1:111122223333:q', 'other', 'outside']]],
  ['arn:aws:sqs:us-east-1::q', [['arn:aws:sqs:us-east-1::q', 'other', 'outside']]],
  ['arn:aws:sqs:eu-west-1:111122223333:q', []],
  [`arn:aws:sqs:${UNRESOLVED}:1:q`, [[`arn:aws:sqs:${UNRESOLVED}:1:q`, 'other', 'placeless']]],
  [`arn:aws:sqs:${OWN_VALUE}:1:q`, []],
  ['arn:aws:sqs:*:1:q', []],
  ['arn:aws:s3:::b', []],
  ['EU_WEST_2', [['EU_WEST_2', 'code', 'outside']]],
  ['us-east-1f', [['us-east-1f', 'code', 'outside']]],
  ['eu-central-1-ist-1a', [['eu-central-1-ist-1a', 'code', 'outside']]],
  ['use1-az1', [['use1-az1', 'code', 'outside']]],
  ['apne1-az1 eun1-az1', [['apne1-az1', 'code', 'unknown']]],
  ['us-east-1 and us-east-1', [['us-east-1', 'code', 'outside']]],
])('in %j, the refused places are %j', (text, places) => {
  expect(found(text)).toEqual(places);
});

test.each<[string, string[]]>([
  ['euc1-az1', []],
  ['use1-az1', ['use1-az1']],
  ['euc1-xyz1-az1', ['euc1-xyz1-az1']],
  ['xyz9-wl1-abc1-wlz1', ['xyz9-wl1-abc1-wlz1']],
  ['eu-central-1-xyz-1a', ['eu-central-1-xyz-1a']],
])('where a zone is expected, %s is checked as one', (text, places) => {
  expect(placeMatchesIn(EU, text, 'eu-central-1', 'zone').map(({ value }) => value)).toEqual(places);
});

test("a place in an identity's name is none, unless the text names it elsewhere too", () => {
  const role = 'arn:aws:iam::111122223333:role/cdk-us-east-1';
  expect(placeMatchesIn(EU, role, 'eu-central-1').map(({ isIdentityName }) => isIdentityName)).toEqual([true]);
  expect(refusedPlaces(EU, role, 'eu-central-1')).toEqual([]);
  expect(refusedPlaces(EU, `${role} us-west-2`, 'eu-central-1').map(({ value }) => value)).toEqual(['us-west-2']);
  expect(refusedPlaces(EU, `${role} us-east-1`, 'eu-central-1').map(({ value }) => value)).toEqual(['us-east-1']);
});

test('a text with more than 50 places, the Region of its hosts among them, is reported as such', () => {
  const hosts = (count: number) =>
    refusedPlaces(
      EU,
      Array.from({ length: count }, (_, n) => `https://h${n}.us-east-1.amazonaws.com`).join(' '),
      undefined,
    );
  expect(hosts(49)).toHaveLength(49);
  expect(hosts(50).at(-1)).toMatchObject({ value: '', decision: { reason: 'placeless' } });
});
