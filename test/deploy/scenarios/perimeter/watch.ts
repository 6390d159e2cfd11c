import assert from 'node:assert/strict';
import { GetEventSelectorsCommand, GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateLogStreamCommand,
  DescribeSubscriptionFiltersCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { WATCHED_SOURCES } from '@/lib/contract/watched-calls';
import { ALICE, DENIED, DEPLOYMENT_ITSELF, record } from '@/test/runtime/watch/events';
import { ACCOUNT } from '../../harness/emulator';
import { type Context, FOUNDATION } from '../../read-back/context';
import { Subscriber } from './subscriber';

const WATCH = 'exemple-perimeter-watch/Watch';

const HERE = { recipientAccountId: ACCOUNT };

/** A call that loosens the perimeter, one that was refused, and two that a report leaves out. */
const RECORDS = {
  loosening: record(
    'iam',
    'DeleteRolePermissionsBoundary',
    { roleName: 'exemple-gateway' },
    { ...HERE, eventID: 'a-loosening' },
  ),
  refused: record('cloudtrail', 'StopLogging', { name: 'exemple' }, { ...HERE, ...DENIED, eventID: 'a-refused-call' }),
  routine: record(
    'kms',
    'PutKeyPolicy',
    { keyId: 'exemple-key' },
    { ...HERE, userIdentity: DEPLOYMENT_ITSELF, eventID: 'a-deployment' },
  ),
  unwatched: record('athena', 'StartQueryExecution', {}, { ...HERE, eventID: 'an-unwatched-call' }),
};

/** The trail, its log group and the function that reads them; then a call that loosens the perimeter, as the recipients hear of it. */
export async function watch({ report, aws, deployed }: Context): Promise<void> {
  const logGroupName = deployed.one('AWS::Logs::LogGroup', `${WATCH}/Trail`).physicalId;
  const functionName = deployed.one('AWS::Lambda::Function', `${WATCH}/Report`).physicalId;
  await report.check(
    'watch: the trail sends the changing calls of all Regions to its log group, with its role',
    async () => {
      const Name = deployed.one('AWS::CloudTrail::Trail', WATCH).physicalId;
      const { Trail } = await aws.cloudTrail.send(new GetTrailCommand({ Name }));
      const role = deployed.one('AWS::IAM::Role', `${WATCH}/Trail/Role`).physicalId;
      assert.equal(
        Trail?.CloudWatchLogsLogGroupArn,
        `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:${logGroupName}:*`,
      );
      assert.equal(Trail?.CloudWatchLogsRoleArn, `arn:aws:iam::${ACCOUNT}:role/${role}`);
      assert.deepEqual([Trail?.IsMultiRegionTrail, Trail?.IncludeGlobalServiceEvents], [true, true]);
      const { AdvancedEventSelectors } = await aws.cloudTrail.send(new GetEventSelectorsCommand({ TrailName: Name }));
      assert.deepEqual(
        AdvancedEventSelectors?.map(({ FieldSelectors }) =>
          FieldSelectors?.map(({ Field, Equals }) => `${Field}: ${Equals}`),
        ),
        [['eventCategory: Management', 'readOnly: false']],
      );
    },
  );
  await report.check('watch: its only filter selects the watched services, for its function', async () => {
    const { subscriptionFilters = [] } = await aws.logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    const { Configuration } = await aws.lambda.send(new GetFunctionCommand({ FunctionName: functionName }));
    assert.deepEqual(
      subscriptionFilters.map(({ destinationArn }) => destinationArn),
      [Configuration?.FunctionArn],
    );
    const selected = [...(subscriptionFilters[0]?.filterPattern ?? '').matchAll(/"([^"]+)"/g)].map(([, one]) => one);
    assert.deepEqual(selected, WATCHED_SOURCES);
    return `${selected.length} services`;
  });
  const subscriber = await report.require('watch: a subscriber of the topic confirms', () =>
    Subscriber.to(aws, deployed.one('AWS::SNS::Topic', `${FOUNDATION}/Alerts`).physicalId),
  );
  try {
    await report.check('watch: the topic receives who loosened what and where, and nothing else', async () => {
      const logStreamName = `${ACCOUNT}_CloudTrail_eu-central-1`;
      await aws.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const logEvents = Object.values(RECORDS).map((one) => ({ timestamp: Date.now(), message: JSON.stringify(one) }));
      await aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      const [loosening, refused, ...others] = (await subscriber.message()).split(' | ');
      for (const text of ['DeleteRolePermissionsBoundary of iam', 'exemple-gateway', `us-east-1 of account ${ACCOUNT}`])
        assert.ok(loosening?.includes(text), `'${text}' isn't in: ${loosening}`);
      for (const text of [ALICE.arn, '192.0.2.0', '2026-11-30T20:06:16Z', 'a-loosening'])
        assert.ok(loosening?.includes(text), `'${text}' isn't in: ${loosening}`);
      assert.match(refused ?? '', /was refused with AccessDenied: StopLogging of cloudtrail .*a-refused-call/);
      assert.deepEqual(others, []);
      assert.equal(subscriber.messages.length, 1);
      return loosening;
    });
  } finally {
    await subscriber.stop();
  }
}
