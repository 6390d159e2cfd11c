import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const TOPIC = 'arn:aws:sns:eu-central-1:444455556666:platform-alerts';
const TRAIL = 'arn:aws:cloudtrail:eu-central-1:444455556666:trail/organisation';
const ALERTS = 'alerts: [security@example.eu]\n';

const withAlerts = (alerts: object) => edited(ALERTS, `alerts: ${JSON.stringify(alerts)}\n`);
const withTrail = (trail: object) => edited(ALERTS, `${ALERTS}trail: ${JSON.stringify(trail)}\n`);
const messages = (text: string) => linesOf(text).map((line) => line.replace(/^residency\.yaml:\d+:\d+: /, ''));

test('a topic and a trail of another account are accepted', () => {
  expect(readConfig(withAlerts({ topic: TOPIC }), 'residency.yaml').deployment?.alerts).toEqual({
    kind: 'topic',
    arn: TOPIC,
  });
  expect(readConfig(withTrail({ organization: TRAIL }), 'residency.yaml').deployment?.trail).toEqual({
    organization: TRAIL,
  });
});

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['a topic in another Region', withAlerts({ topic: TOPIC.replace('eu-central-1', 'eu-west-1') }), `alerts.topic: found '${TOPIC.replace('eu-central-1', 'eu-west-1')}', which is in 'eu-west-1' of partition aws, but an alarm publishes only to a topic of its own Region; name a topic in 'eu-central-1' of partition aws`],
  ['a topic of another partition', withAlerts({ topic: TOPIC.replace('arn:aws:', 'arn:aws-eusc:') }), "of partition aws-eusc, but an alarm publishes only to a topic of its own Region; name a topic in 'eu-central-1' of partition aws"],
  ['the name of a topic', withAlerts({ topic: 'platform-alerts' }), 'allowed: the ARN of a standard SNS topic'],
  ['a topic and a reason for none', withAlerts({ topic: TOPIC, none: 'because' }), "alerts: found 'topic' and 'none'; write '{ topic: <ARN> }' or '{ none: <reason> }'"],
  ['an empty mapping', withAlerts({}), "alerts: found neither 'topic' nor 'none'; write '{ topic: <ARN> }' or '{ none: <reason> }'"],
  ['a trail outside', withTrail({ organization: TRAIL.replace('eu-central-1', 'us-east-1') }), 'name the trail of the organisation that records this account'],
  ['a trail of another partition', withTrail({ organization: TRAIL.replace('arn:aws:cloudtrail:eu-central-1', 'arn:aws-eusc:cloudtrail:eusc-de-east-1') }), 'it is in partition aws-eusc, and the deployment is in partition aws'],
  ['a trail and data events', withTrail({ organization: TRAIL, dataEvents: 'account' }), "trail.dataEvents: found 'account', but the organisation's trail records this account, and the deployment makes none; remove 'dataEvents'"],
  ['neither', withTrail({}), "trail: found neither 'dataEvents' nor 'organization'; set one of them, or remove 'trail' for the default"],
  ['the name of a trail', withTrail({ organization: 'organisation' }), 'allowed: the ARN of a trail of CloudTrail'],
])('%s is refused', (_, text, message) => {
  expect(messages(text).join('\n')).toContain(message);
});

test.each([
  ['a FIFO topic', withAlerts({ topic: `${TOPIC}.fifo` }), 'alerts.topic: found'],
  ['a topic that is no text', withAlerts({ topic: 1 }), 'alerts.topic: found'],
  ['a trail without its ARN', withTrail({ organization: 'organisation' }), 'trail.organization: found'],
])('%s has one message', (_, text, message) => {
  expect(messages(text)).toEqual([expect.stringContaining(message)]);
});
