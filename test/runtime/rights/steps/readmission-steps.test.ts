import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { readmissionSteps, recoveryReadmissionSteps } from '@/lib/runtime/rights/steps/readmission-steps';
import { scripted } from '../support/scripted';

const JOB: Job = {
  ...newJob('readmit', 'ada', 'root', new Date(0), 'readmit', 'readmitting'),
  figures: { erasure: 'erase_1' },
};

const standing = (erasing?: string) => ({
  Item: { pk: { S: 'x' }, sk: { S: 'standing' }, ...(erasing !== undefined && { erasing: { S: erasing } }) },
});

function stepsWith(status: object, hasRecovery = false) {
  const readmitted: string[] = [];
  const keys = { readmit: async (user: string) => void readmitted.push(user) };
  const table = { client: scripted(status).client, name: 'content' };
  const parts = { table, keys, hasRecovery, now: () => new Date(0) };
  return { readmitted, steps: readmissionSteps(parts as never) };
}

const READMITTED = {
  state: 'readmitted',
  step: 'done',
  also: [
    {
      Delete: {
        TableName: undefined,
        Key: { pk: { S: 'rights#ada' }, sk: { S: 'standing' } },
        ConditionExpression: '#erasing = :erasure',
        ExpressionAttributeNames: { '#erasing': 'erasing' },
        ExpressionAttributeValues: { ':erasure': { S: 'erase_1' } },
      },
    },
  ],
};

test.each(['readmit', 'readmit-here'] as const)(
  'the step %s permits a key and removes the mark, of the same erasure alone',
  async (step) => {
    const { readmitted, steps } = stepsWith(standing('erase_1'));
    expect(await steps[step](JOB)).toEqual(READMITTED);
    expect(readmitted).toEqual(['ada']);
  },
);

test.each([
  ['was erased again', standing('erase_2')],
  ['was readmitted', standing()],
  ['has no status', {}],
])('a user who %s since is not readmitted', async (_, status) => {
  for (const step of ['readmit', 'readmit-here'] as const) {
    const { readmitted, steps } = stepsWith(status);
    expect(await steps[step](JOB)).toEqual({ state: 'cancelled', step: 'done' });
    expect(readmitted).toEqual([]);
  }
});

test('with a recovery Region, the key is permitted there first', async () => {
  const { readmitted, steps } = stepsWith(standing('erase_1'), true);
  expect([await steps.readmit(JOB), readmitted]).toEqual([{ step: 'recovery-readmit' }, []]);
  const keys = { readmit: async (user: string) => void readmitted.push(user) };
  const there = recoveryReadmissionSteps({ recovery: { keys } } as never);
  expect(await there['recovery-readmit'](JOB)).toEqual({ step: 'readmit-here' });
  expect(readmitted).toEqual(['ada']);
  const gone = recoveryReadmissionSteps({} as never);
  expect(await gone['recovery-readmit'](JOB)).toEqual({ step: 'readmit-here' });
});
