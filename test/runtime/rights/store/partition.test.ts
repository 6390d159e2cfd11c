import { kindOf, Partitions } from '@/lib/runtime/rights/store/partition';
import { scripted } from '../support/scripted';

test('a page of a user’s rows is read consistently, and nothing but the requested attributes', async () => {
  const row = { pk: { S: 'user#ada' }, sk: { S: 'file#1' } };
  const { calls, client } = scripted({ Items: [row], LastEvaluatedKey: row }, {});
  const partitions = new Partitions(client, 'content');
  const page = await partitions.page('ada', { after: 'file#0', limit: 7, attributes: ['pk', 'sk'] });
  expect(page).toEqual({ rows: [row], last: 'file#1' });
  expect(await partitions.page('ada', { limit: 7 })).toEqual({ rows: [], last: undefined });
  const query = {
    TableName: 'content',
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':pk': { S: 'user#ada' } },
    ConsistentRead: true,
    Limit: 7,
  };
  expect(calls).toEqual([
    [
      'Query',
      {
        ...query,
        ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
        ProjectionExpression: '#pk, #sk',
        ExclusiveStartKey: { pk: { S: 'user#ada' }, sk: { S: 'file#0' } },
      },
    ],
    ['Query', query],
  ]);
});

test('a page without the key of its end is the last', async () => {
  const { client } = scripted({ Items: [], LastEvaluatedKey: {} });
  expect(await new Partitions(client, 'content').page('ada', { limit: 1 })).toEqual({ rows: [], last: undefined });
});

test.each([
  ['file#1', 'file'],
  ['segment#a#b', 'segment'],
  ['standing', 'standing'],
  ['write#a\nb#c', 'write'],
])('%j is of the kind %s', (sk, kind) => {
  expect(kindOf({ sk: { S: sk } })).toBe(kind);
});

test('a row without a key is of no kind', () => {
  expect([kindOf({}), kindOf({ sk: { N: '1' } })]).toEqual(['', '']);
});
