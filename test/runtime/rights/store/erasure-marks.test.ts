import { newJob } from '@/lib/runtime/rights/jobs/job';
import { announced, marked, STARTED, started, unannounced } from '@/lib/runtime/rights/store/erasure-marks';

const JOB = newJob('erase', 'ada', 'root', new Date(0), 'delay', 'waiting');

const FREE = 'attribute_not_exists(#erasing) AND (attribute_not_exists(#holds) OR #holds = :none)';
const ALL = { '#erasing': 'erasing', '#holds': 'holds', '#pending': 'pending' };

const update = (expression: string, condition: string, names: object, values: object = { ':none': { N: '0' } }) => ({
  Update: {
    TableName: undefined,
    Key: { pk: { S: 'rights#ada' }, sk: { S: 'standing' } },
    UpdateExpression: expression,
    ConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ':job': { S: JOB.id }, ...values },
  },
});

// DynamoDB refuses a write with a name or a value that no expression uses.
test.each([
  [
    'an erasure begins at once unless another one did or waits, or there is a hold',
    marked('ada', JOB),
    update('SET #erasing = :job', `${FREE} AND attribute_not_exists(#pending)`, ALL),
  ],
  [
    'an erasure waits unless another one began or waits, or there is a hold',
    announced('ada', JOB),
    update('SET #pending = :job', `${FREE} AND attribute_not_exists(#pending)`, ALL),
  ],
  [
    'an erasure that waited begins unless there is a hold',
    started(JOB),
    update('SET #erasing = :job REMOVE #pending', `${FREE} AND #pending = :job`, ALL),
  ],
  [
    'only the erasure that waits ends its wait',
    unannounced(JOB),
    update('REMOVE #pending', '#pending = :job', { '#pending': 'pending' }, {}),
  ],
])('%s', (_, write, expected) => {
  expect(write).toEqual(expected);
});

test('an erasure that begins has its canary encrypted next, and waits for nothing', () => {
  expect(STARTED).toEqual({ state: 'erasing', step: 'canary', notBefore: undefined });
});
