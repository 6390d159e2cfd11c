import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { ADMITTED_FINDINGS, FINDINGS, RELEASE_FINDING } from '@/lib/constructs/checks/check-findings';
import { WATCHED_CALLS } from '@/lib/contract/watched-calls';
import { alarmsOf } from '../support/alarms';
import { DEPLOYMENT, EU } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';
import { FEATURE_FLAGS } from '../support/feature-flags';

const PAGE = readFileSync(path.join(__dirname, '../../docs/OPERATIONS.md'), 'utf8');
const [, runbook = ''] = /\n## Alarms and incidents\n(.*?)\n### Metrics\n/s.exec(PAGE) ?? [];
const entries = [...runbook.matchAll(/^\| `(\w+)` \| [^|]+ \| [^|]+ \|$/gm)].map(([, name = '']) => name);

const app = new App({ context: FEATURE_FLAGS });
const [sciences, ...others] = DEPLOYMENT.workspaces;
const { openai, egress: declared, models } = withEgress();
const { foundation, perimeterWatch, egress, workspaces, projects, ledger } = new DeploymentStacks(
  app,
  {
    ...DEPLOYMENT,
    openai,
    egress: declared,
    perimeter: { organization: 'o-exampleorgid', deployRoles: [], guardrails: [], permissionsBoundary: false },
    models,
    recoveryRegion: 'eu-west-1',
    // Each adds an alarm.
    workspaces: [{ ...(sciences as (typeof others)[number]), officeFiles: true, background: {} }, ...others],
  },
  EU,
);
const tenants = [...workspaces, ...(projects ? [projects] : [])];
const alarms = (stack: Stack) => alarmsOf(Template.fromStack(stack));
const stacks = [foundation, ...tenants, ...(ledger ? [ledger] : [])];
const ofEgress = egress ? alarms(egress) : [];
const ofPerimeter = perimeterWatch ? alarms(perimeterWatch) : [];
const found = [...stacks.flatMap(alarms), ...ofEgress, ...ofPerimeter];
const entryOf = (description: unknown) =>
  / Runbook: '(\w+)' in docs\/OPERATIONS\.md\./.exec(JSON.stringify(description))?.[1];

test('each alarm of the templates names its entry in the runbook, and is sent to the alerts', () => {
  for (const { id, AlarmDescription, AlarmActions, OKActions } of found) {
    expect([id, entries]).toEqual([id, expect.arrayContaining([entryOf(AlarmDescription)])]);
    expect([AlarmActions, OKActions]).toEqual([expect.any(Array), AlarmActions]);
  }
});

test('each entry of the runbook is an alarm, or a report', () => {
  // Alarms of facts releases and admitted rows exist only with them.
  const rare = [RELEASE_FINDING, ADMITTED_FINDINGS].flatMap(Object.keys);
  const reports = [...WATCHED_CALLS.map(({ entry }) => entry), 'WatchChanged'];
  const all = new Set([...found.map(({ AlarmDescription }) => entryOf(AlarmDescription)), ...rare, ...reports]);
  expect(entries.toSorted()).toEqual([...all].sort());
  expect(Object.keys(FINDINGS).every((name) => all.has(name))).toBe(true);
});

test('the number of alarms is that of the page', () => {
  const [, ...counts] =
    /\b(\d+) in the foundation, (\d+) for each workspace, (\d+) for the projects, and (\d+) for the ledger/.exec(
      runbook,
    ) ?? [];
  const recovered = 1;
  const oneEach = 2;
  const providerOut = 1;
  const [ofFoundation = 0, ofWorkspace = 0, ofProjects = 0, ofLedger = 0] = counts.map(Number);
  expect(runbook).toContain(`An egress adds ${ofEgress.length + providerOut}, one of them in the foundation.`);
  expect(ofPerimeter).toHaveLength(1);
  expect(runbook).toContain('`perimeter` adds one.');
  expect(runbook).toContain('`officeFiles` and `background` add one each to their workspace.');
  expect(stacks.map((stack) => alarms(stack).length)).toEqual([
    ofFoundation + providerOut,
    ofWorkspace + recovered + oneEach,
    ofWorkspace + recovered,
    ofProjects,
    ofLedger,
  ]);
});

describe('the alarms of a gateway', () => {
  const of = (stack: Stack | undefined, entry: string) =>
    alarms(stack as Stack).filter(({ AlarmDescription }) => entryOf(AlarmDescription) === entry);

  test('watch the failures of its own API, and throttles of its own function', () => {
    for (const stack of tenants) {
      const template = Template.fromStack(stack);
      const [api] = Object.values(template.findResources('AWS::ApiGateway::RestApi'));
      const [failures, ...more] = of(stack, 'GatewayFailures');
      expect(more).toEqual([]);
      expect(failures).toMatchObject({
        Namespace: 'AWS/ApiGateway',
        MetricName: '5XXError',
        Dimensions: [{ Name: 'ApiName', Value: api?.Properties.Name }],
        Statistic: 'Sum',
        Threshold: 5,
        DatapointsToAlarm: 2,
        EvaluationPeriods: 3,
        TreatMissingData: 'notBreaching',
      });
      const [throttled] = of(stack, 'GatewayThrottled');
      const { Ref: name = '' } = (throttled?.Dimensions?.[0]?.Value ?? {}) as { readonly Ref?: string };
      expect(template.findResources('AWS::Lambda::Function')[name]?.Properties.Description).toContain('gateway');
      expect(throttled).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Throttles', Threshold: 1 });
    }
  });

  test('watch content that does not decrypt, in workspaces alone', () => {
    expect(workspaces.flatMap((stack) => of(stack, 'ContentUnreadable'))).toMatchObject(
      ['sciences', 'office'].map((Value) => ({
        Namespace: 'EuResidency/Gateway',
        MetricName: 'unreadable',
        Dimensions: [{ Name: 'tenant', Value }],
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      })),
    );
    expect(of(projects, 'ContentUnreadable')).toEqual([]);
  });
});
