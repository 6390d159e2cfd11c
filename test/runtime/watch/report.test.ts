import { gzipSync } from 'node:zlib';
import { report } from '@/lib/runtime/watch/report';
import { DENIED, record } from './events';

const POLICY = { deployRoles: [], boundaryPolicy: 'eu-residency-boundary', stacks: [], rules: ['own'] };
const logs = (messages: readonly string[], messageType = 'DATA_MESSAGE') => ({
  awslogs: {
    data: gzipSync(JSON.stringify({ messageType, logEvents: messages.map((message) => ({ message })) })).toString(
      'base64',
    ),
  },
});
const reported = (...events: object[]) => report(logs(events.map((event) => JSON.stringify(event))), POLICY).text;
const STOPPED = record('cloudtrail', 'StopLogging', { name: 'exemple' });

test('says who did what, and where', () => {
  expect(reported(STOPPED)).toBe(
    'The perimeter may refuse less than before. A trail was changed: StopLogging of cloudtrail (name exemple) in eu-central-1 of account ' +
      '111122223333 at 2026-11-30T20:06:16Z, by arn:aws:iam::111122223333:user/Alice from 192.0.2.0. ' +
      "CloudTrail event: c217db1f-903f-4a2f-8f88-9580182d6313. Runbook: 'TrailChanged' in docs/OPERATIONS.md.",
  );
});

test('says of a rule of the reports that they may stop', () => {
  expect(reported(record('events', 'DisableRule', { name: 'own' }))).toContain(
    'Reports about the perimeter may stop. A rule that sends the reports about the perimeter was changed: DisableRule of events (name own)',
  );
});

test('says that an attempt was refused', () => {
  expect(reported({ ...STOPPED, ...DENIED })).toContain(
    'An attempt to change a trail was refused with AccessDenied: StopLogging of cloudtrail',
  );
});

test.each([
  [{ type: 'Root', accountId: '111122223333' }, 'by Root 111122223333 from 192.0.2.0.'],
  [
    { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' },
    'by AWSService through cloudformation.amazonaws.com from 192.0.2.0.',
  ],
  [undefined, 'by an unknown principal from 192.0.2.0.'],
])('names a principal without an ARN: %j', (userIdentity, expected) => {
  expect(reported({ ...STOPPED, userIdentity })).toContain(expected);
});

test('repeats no character that ends a text, and no long value', () => {
  const arn = `arn:aws:sts::1:assumed-role/a/"<x>\n\u202e\\${'y'.repeat(500)}`;
  const text = reported({ ...STOPPED, userIdentity: { arn } }) ?? '';
  expect(text).toContain('by arn:aws:sts::1:assumed-role/a/??x????yyy');
  expect(text).not.toMatch(/["\\<>\n\u202e]/);
  expect(text.length).toBeLessThan(900);
});

test('reports nothing of other calls, and of tests of the connection', () => {
  expect(report(logs([JSON.stringify({ ...STOPPED, eventName: 'StartLogging' })]), POLICY)).toEqual({});
  expect(report(logs(['CWL CONTROL MESSAGE'], 'CONTROL_MESSAGE'), POLICY)).toEqual({});
});

test('a burst stays within what a topic accepts', () => {
  const text = reported(...Array(5_000).fill(STOPPED)) ?? '';
  expect(text).toContain('And 4950 more; see the log group.');
  expect(Buffer.byteLength(text)).toBeLessThan(200_000);
});

test('a record that is cut off fails the batch, so that Lambda repeats it', () => {
  expect(() => report(logs([JSON.stringify(STOPPED), '{"eventName":"Put']), POLICY)).toThrow();
});
