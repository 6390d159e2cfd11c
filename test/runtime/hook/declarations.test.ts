import { type Declarations, NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import type { DeclaredException } from '@/lib/guard/declarations/declared-exception';
import { changeSetEvent, stackEvent } from './support/events';
import { EU, hookIn } from './support/hook';
import { INSIDE, json, OUTSIDE, table } from './support/templates';

const EXCEPTION: DeclaredException = {
  rule: 'place-outside',
  stack: 'chat',
  logicalId: 'Table',
  property: '/Properties/Replicas/*/Region',
  value: 'us-east-1',
  reason: 'public catalogue',
  approver: 'dpo@example.eu',
  expires: '2027-06-30',
};

const hookWith = (declarations: Partial<Declarations>, now = '2027-01-01') =>
  hookIn({
    policy: () => ({ ...EU, declarations: { ...NO_DECLARATIONS, ...declarations } }),
    now: () => new Date(now),
  });
const create = (template: string) => stackEvent('CREATE', { targetModel: { template } });

test('an exception allows its finding, and the answer names its approver', async () => {
  const { answer, log } = hookWith({ exceptions: [EXCEPTION] });
  const { hookStatus, message } = await answer(create(OUTSIDE));
  expect(hookStatus).toBe('SUCCESS');
  expect(message).toContain('; 1 exception used: the exception to');
  expect(message).toContain('until 2027-06-30, approved by dpo@example.eu: public catalogue');
  expect(log).toEqual([expect.objectContaining({ outcome: 'allowed', findings: 0, exceptions: 1 })]);
});

test('a change set whose resolved value is outside needs no second exception', async () => {
  const { answer } = hookWith({ exceptions: [EXCEPTION] });
  const changedResources = [
    {
      action: 'CREATE',
      logicalResourceId: 'Table',
      resourceType: 'AWS::DynamoDB::GlobalTable',
      afterContext: JSON.stringify({ Properties: table('us-east-1').Properties }),
    },
  ];
  const event = changeSetEvent({ targetModel: { template: OUTSIDE, changedResources } });
  expect(await answer(event)).toMatchObject({ hookStatus: 'SUCCESS' });
});

test.each<[string, Partial<DeclaredException>]>([
  ['of another stack', { stack: 'chat-2' }],
  ['of another resource', { logicalId: 'Other' }],
  ['of another value', { value: 'us-west-2' }],
  ['that has expired', { expires: '2026-12-31' }],
  ['without a reason', { reason: ' ' }],
])('an exception %s allows nothing', async (_, over) => {
  const { answer } = hookWith({ exceptions: [{ ...EXCEPTION, ...over }] });
  const message = expect.stringContaining('place-outside at Table');
  expect(await answer(create(OUTSIDE))).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant', message });
});

test('an expired exception is named next to the finding that it no longer allows', async () => {
  const { message } = await hookWith({ exceptions: [EXCEPTION] }, '2027-07-01').answer(create(OUTSIDE));
  expect(message).toContain('exception-expired');
});

test.each([
  ['unused', '2027-01-01'],
  ['expired', '2027-07-01'],
])('an exception that is %s doesn’t block a deployment that has fixed its cause', async (_, now) => {
  const { answer } = hookWith({ exceptions: [EXCEPTION] }, now);
  expect(await answer(create(INSIDE))).toMatchObject({ hookStatus: 'SUCCESS' });
});

test('an exception in the template allows nothing', async () => {
  const metadata = { Metadata: { 'residency-exceptions': [EXCEPTION], declarations: { exceptions: [EXCEPTION] } } };
  const template = json({ Table: { ...table('us-east-1'), ...metadata } }, metadata);
  const event = stackEvent('CREATE', { targetModel: { template, declarations: { exceptions: [EXCEPTION] } } });
  expect(await hookWith({}).answer(event)).toMatchObject({ hookStatus: 'FAILED' });
});

test('a declared place is inside the boundary', async () => {
  const template = json({
    Topic: {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'https', Endpoint: 'https://hooks.example.de/in', TopicArn: 'x' },
    },
  });
  const places = [{ host: 'hooks.example.de', country: 'DE', reason: 'our own data centre' }];
  expect(await hookWith({}).answer(create(template))).toMatchObject({ hookStatus: 'FAILED' });
  expect(await hookWith({ places }).answer(create(template))).toMatchObject({ hookStatus: 'SUCCESS' });
});

test('a stack may have a boundary of its own', async () => {
  const { answer } = hookWith({ boundaries: [{ stack: 'chat', boundary: 'DE' }] });
  expect((await answer(create(INSIDE))).message).toMatch(/'chat' would leave DE,.+eu-west-1/);
});

test('a stack outside may hold only the types that its exception lists', async () => {
  const { answer } = hookWith({
    boundaries: [{ stack: 'chat', boundary: 'FR' }],
    exceptions: [
      {
        ...EXCEPTION,
        rule: 'stack-region',
        logicalId: undefined,
        property: undefined,
        value: undefined,
        types: ['AWS::SQS::Queue'],
      },
    ],
  });
  expect(await answer(create(json({ Queue: { Type: 'AWS::SQS::Queue' } })))).toMatchObject({ hookStatus: 'SUCCESS' });
  const { message } = await answer(create(json({ Topic: { Type: 'AWS::SNS::Topic' } })));
  expect(message).toContain("permits only AWS::SQS::Queue in it, found 'AWS::SNS::Topic'");
});
