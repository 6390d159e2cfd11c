import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { EnvironmentOf } from '@/lib/runtime/aws/endpoint';
import { deployedLinks } from '@/lib/runtime/workspace/deployed-links';

type Given = Parameters<typeof deployedLinks>[1];

const links = (over: Partial<Given>) =>
  deployedLinks({ boundary: ResidencyBoundary.eu() }, {
    RECORD_LINKS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/record-links',
    RECORD_LINK_DAYS: '30',
    ...over,
  } as EnvironmentOf<Given>);

test('links of a deployed workspace are written to its own table', () => {
  expect(() => links({})).not.toThrow();
});

test.each<[string, Partial<Given>]>([
  ['no table', { RECORD_LINKS_TABLE_ARN: '' }],
  ['another resource', { RECORD_LINKS_TABLE_ARN: 'arn:aws:s3:::bucket' }],
  ['no period', { RECORD_LINK_DAYS: '' }],
  ['a period of no day', { RECORD_LINK_DAYS: '0' }],
  ['a period without end', { RECORD_LINK_DAYS: 'until-deleted' }],
])('the gateway does not start with %s', (_, over) => {
  expect(() => links(over)).toThrow(
    "'RECORD_LINKS_TABLE_ARN' must be the ARN of the table that links records to members",
  );
});

test('the gateway does not start with a table outside the boundary', () => {
  const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/record-links';
  expect(() => links({ RECORD_LINKS_TABLE_ARN: table })).toThrow('us-east-1');
});
