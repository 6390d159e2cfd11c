import { SFNClient } from '@aws-sdk/client-sfn';
import { errorName } from '@/lib/runtime/rights/deployed/error-name';
import { Executions } from '@/lib/runtime/rights/deployed/executions';
import { noticeLine } from '@/lib/runtime/rights/deployed/notice-line';
import { named } from '../support/scripted';

/** A client of the state machine that answers in turn. */
function machine(...answers: readonly (object | Error)[]) {
  const inputs: object[] = [];
  const client = new SFNClient({ region: 'eu-central-1' });
  jest.spyOn(client, 'send').mockImplementation(async ({ input }) => {
    const answer = answers[inputs.length];
    inputs.push(input);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { inputs, executions: new Executions(client, 'arn') };
}

test('an execution is named after its job, and a further one after the attempt too', async () => {
  const { inputs, executions } = machine({}, {});
  const next = { job: 'erase_1', actor: 'witness' } as const;
  await executions.begin(next);
  await executions.begin(next, 'confirmed');
  const input = JSON.stringify(next);
  expect(inputs).toEqual([
    { stateMachineArn: 'arn', name: 'erase_1', input },
    { stateMachineArn: 'arn', name: 'erase_1-confirmed', input },
  ]);
});

test('an execution that has begun already isn’t an error, and any other failure is', async () => {
  await machine(named('ExecutionAlreadyExists')).executions.begin({ job: 'erase_1' });
  const refused = machine(named('AccessDeniedException')).executions.begin({ job: 'erase_1' });
  await expect(refused).rejects.toThrow('of a store');
});

test('the jobs with a running execution are those of all pages, whatever the attempt', async () => {
  const { inputs, executions } = machine(
    { executions: [{ name: 'erase_1-202611280100' }, { name: 'export_2' }], nextToken: 'x' },
    {},
  );
  expect(await executions.running()).toEqual(new Set(['erase_1', 'export_2']));
  const page = { stateMachineArn: 'arn', statusFilter: 'RUNNING', maxResults: 1_000 };
  expect(inputs).toMatchObject([page, { ...page, nextToken: 'x' }]);
  expect(await machine({ executions: [{}] }).executions.running()).toEqual(new Set(['']));
});

test.each([
  [new TypeError('SECRET'), 'TypeError'],
  [named('A'), 'A'],
  [named('a'.repeat(64)), 'a'.repeat(64)],
  [named('a'.repeat(65)), 'an error without a name'],
  [named('1 SECRET'), 'an error without a name'],
  [named('SECRET 1'), 'an error without a name'],
  [named(''), 'an error without a name'],
  [{ name: 1 }, 'an error without a name'],
  [{}, 'an error without a name'],
])('of an error, only a name is stored: %p', (error, name) => {
  expect(errorName(error)).toBe(name);
});

test('a notice is counted for the workspace, and names no user', () => {
  expect(noticeLine('sciences', new Date(5))).toEqual({
    _aws: {
      Timestamp: 5,
      CloudWatchMetrics: [
        {
          Namespace: 'EuResidency/Gateway',
          Dimensions: [['tenant']],
          Metrics: [{ Name: 'rightsNotices', Unit: 'Count' }],
        },
      ],
    },
    event: 'rights-notice',
    tenant: 'sciences',
    rightsNotices: 1,
  });
});
