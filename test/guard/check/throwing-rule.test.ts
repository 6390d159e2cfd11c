import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks } from '@/lib/guard/finding';
import { inboundAggregation } from '@/lib/guard/rules/inbound-aggregation';
import { placeOutside } from '@/lib/guard/rules/place-outside';
import { stackRegion } from '@/lib/guard/rules/stack-region';

afterEach(() => jest.restoreAllMocks());

const TEMPLATE = {
  Resources: {
    Subject: { Type: 'AWS::CloudTrail::Trail', Properties: { IsMultiRegionTrail: true, S3BucketName: 'elsewhere' } },
  },
};

const findings = () =>
  checkTemplate(TEMPLATE, { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' }).findings;

test.each([placeOutside, inboundAggregation])('a rule on resources that throws stops a deployment: $id', (rule) => {
  jest.spyOn(rule, 'check').mockImplementation(() => {
    throw new Error('broken');
  });
  const found = findings().filter((finding) => finding.rule === rule.id);
  expect(found.map(({ level, logicalId, message }) => [level, logicalId, message])).toEqual([
    ['unresolved', 'Subject', expect.stringContaining(`the rule '${rule.id}' failed on it: broken`)],
  ]);
  expect(found.every(blocks)).toBe(true);
});

test('a rule on the template that throws stops a deployment', () => {
  jest.spyOn(stackRegion, 'check').mockImplementation(() => {
    throw new Error('broken');
  });
  expect(findings()).toContainEqual(expect.objectContaining({ rule: 'stack-region', level: 'unresolved' }));
});

test('a rule that throws after its first finding stops a deployment', () => {
  jest.spyOn(inboundAggregation, 'check').mockImplementation(function* () {
    yield { path: '/Properties', level: 'info', detail: 'found' };
    throw new Error('broken');
  });
  expect(findings()).toContainEqual(expect.objectContaining({ rule: 'inbound-aggregation', level: 'unresolved' }));
});

test('the other rules still check what one rule failed on', () => {
  jest.spyOn(placeOutside, 'check').mockImplementation(() => {
    throw new Error('broken');
  });
  expect(findings()).toContainEqual(expect.objectContaining({ rule: 'bucket-destination', value: 'elsewhere' }));
});
