import { Template } from 'aws-cdk-lib/assertions';
import { OperationsDashboard } from '@/lib/constructs/foundation/operations-dashboard';
import { toOperations } from '@/lib/runtime/http/records/operations';
import { toRecord } from '@/lib/runtime/http/records/residency-record';
import { deployedTemplates } from '../../support/deployed-templates';
import { DEPLOYMENT } from '../../support/deployment';
import { stackIn } from '../../support/in-region';

/** The body of the only dashboard; what is known only at deployment is a `?`. */
function bodyOf(template: Template): string {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = dashboard?.Properties.DashboardBody;
  if (typeof body === 'string') return body;
  return body['Fn::Join'][1]
    .map((part: unknown) => (typeof part === 'string' ? part : ((part as { Ref?: string }).Ref ?? '?')))
    .join('');
}

const stack = stackIn('eu-central-1');
new OperationsDashboard(stack, 'Operations');
const alone = bodyOf(Template.fromStack(stack));

/** The series that a request can send, by namespace, dimensions and name. */
const SENT = new Set(
  (['content_unavailable', 'content_unreadable', 'invalid_value'] as const).flatMap((reason) => {
    const log = {
      ...({ route: 'responses', tenant: 'sciences', model: 'fast', reason, intervened: true, checkAgeMs: 1 } as const),
      tokens: { prompt: 1, completion: 1, cached: 1, cacheWrite: 1 },
      failedAttempts: [{ destination: 'x', sourceRegion: 'x', failure: 'throttled', mayProcess: [] } as const],
    };
    const status = reason === 'invalid_value' ? 400 : 500;
    const record = toRecord(log, { id: '', time: new Date(0), status, retention: 'not-stored' });
    const line = toOperations(record, log, { status, begin: 0, latency: 1, firstByte: 1 });
    return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) =>
        Metrics.map(({ Name }) => `{"${Namespace}",${names.join(',')}} MetricName="${Name}"`),
      ),
    );
  }),
);

test('each search finds a metric that gateways send, and each metric by tenant or reason is shown', () => {
  const ours = [...alone.matchAll(/SEARCH\('(\{.*?)', '[\w.]+', 300\)/g)]
    .map(([, text = '']) => text.replaceAll('\\"', '"'))
    .filter((text) => text.startsWith('{"EuResidency/'));
  expect(ours.filter((text) => !SENT.has(text))).toEqual([]);
  const shown = [...SENT].filter(
    (text) => !/\broute\b|MetricName="(?:refusals|failures)"/.test(text) || text.includes('reason'),
  );
  expect(shown.filter((text) => !ours.includes(text))).toEqual([]);
});

test('every graph is of the Region of the stack', () => {
  const regions = JSON.parse(alone).widgets.map(
    ({ properties }: { properties: { region: string } }) => properties.region,
  );
  expect(new Set(regions)).toEqual(new Set(['AWS::Region']));
});

test('the foundation has one, with its check, and without the name of a tenant', () => {
  const { foundation: template } = deployedTemplates();
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  const body = bodyOf(template);
  expect(body).toContain('"EuResidency/Checks","checksFailed","function","Foundation');
  const { workspaces, projects, models } = DEPLOYMENT;
  for (const { id } of [...workspaces, ...projects, ...models]) expect(body).not.toMatch(new RegExp(`\\b${id}\\b`));
});
