import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { InferenceGateway } from '@/lib/constructs/gateway/inference-gateway';
import { Ledger } from '@/lib/constructs/ledger/ledger';
import { EU, FAST } from '../../support/deployment';
import { FEATURE_FLAGS, WITHOUT_TRACES } from '../../support/feature-flags';

const ACCOUNT = '111122223333';

/** As long as the gateway's of a workspace with a name of eight letters. */
const gateways = (count: number) =>
  Array.from(
    { length: count },
    (_, index) =>
      ({
        _logGroupPrefix: `exemple-workspace-${String(index).padStart(8, 'w')}-WorkspaceGatewayLogGroup1A2B3C4D-`,
      }) as InferenceGateway,
  );

/** An app whose ledgers have a role each. */
function ledgersIn(account: string | undefined, flags: object) {
  const app = new App({ context: { ...flags, ...WITHOUT_TRACES } });
  const env = { region: 'eu-central-1', ...(account !== undefined && { account }) };
  const shared = new Stack(app, 'exemple-foundation', { env });
  const foundation = new Foundation(shared, 'Foundation', {
    boundary: EU,
    models: [FAST],
    alerts: Alerts.none('a test'),
  });
  const stacks = new Map<number, Stack>();
  return {
    add(count: number) {
      const stack = new Stack(app, `exemple-ledger-${count}`, { env });
      new Ledger(stack, 'Ledger', { boundary: EU, foundation, gateways: gateways(count) });
      stacks.set(count, stack);
    },
    policiesOf: (count: number) => policiesOf(stacks.get(count) as Stack),
  };
}

/** The log groups of each statement, and the characters that the policies of the ledger's role have in an account. */
function policiesOf(stack: Stack) {
  const template = Template.fromStack(stack);
  const documents = (type: string) =>
    Object.entries(template.findResources(type))
      .filter(([id]) => /CloseRole/.test(id))
      .map(([, { Properties }]) => Properties.PolicyDocument);
  const [inline, managed] = [documents('AWS::IAM::Policy'), documents('AWS::IAM::ManagedPolicy')];
  const groupsOf = (all: typeof inline) =>
    all
      .flatMap(({ Statement }) => Statement)
      .filter(({ Action }) => Action === 'logs:FilterLogEvents')
      .map(({ Resource }) => [Resource].flat().map(resolved));
  const sizes = (all: readonly unknown[]) => all.map((document) => resolved(document).length);
  return {
    groups: { inline: groupsOf(inline), managed: groupsOf(managed) },
    inline: sizes(inline),
    managed: sizes(managed),
  };
}

/** A value of a template as text, as CloudFormation joins it. */
const resolved = (value: unknown): string =>
  JSON.stringify(value, (_, part) => {
    if (part?.Ref === 'AWS::AccountId') return ACCOUNT;
    if (part?.Ref === 'AWS::Partition') return 'aws';
    const [, parts] = part?.['Fn::Join'] ?? [];
    return parts === undefined
      ? part
      : parts.map((one: unknown) => (typeof one === 'string' ? one : JSON.parse(resolved(one)))).join('');
  });

describe.each<[string, string | undefined, object, number[], number[]]>([
  ["of a deployment with 'account'", ACCOUNT, FEATURE_FLAGS, [1, 60, 67, 75], [76, 100, 250]],
  ["of a deployment without 'account'", undefined, FEATURE_FLAGS, [1, 26, 56], [57, 60, 67, 68, 100, 250]],
  ['in an app without feature flags', undefined, {}, [1, 55], [56, 60, 75]],
  ['in an app without feature flags, in an account', ACCOUNT, {}, [1, 55], [56, 60, 75]],
])('the role of a ledger %s', (_, account, flags, whole, divided) => {
  const ledgers = ledgersIn(account, flags);
  for (const count of [...whole, ...divided]) ledgers.add(count);

  test.each(whole)('has %i gateways in one statement inline, as in version 0.1.0', (count) => {
    const { groups, inline } = ledgers.policiesOf(count);
    expect([groups.inline.map((one) => one.length), groups.managed]).toEqual([[count], []]);
    expect(inline[0]).toBeLessThanOrEqual(10_240);
  });

  test.each(divided)('has %i gateways in statements that fit inline or managed policies', (count) => {
    const { groups, inline, managed } = ledgers.policiesOf(count);
    const statements = [...groups.inline, ...groups.managed];
    expect(new Set(statements.flat()).size).toBe(count);
    expect(statements.length).toBeGreaterThan(1);
    expect(Math.max(...inline)).toBeLessThanOrEqual(10_240);
    expect(Math.max(0, ...managed)).toBeLessThanOrEqual(6_144);
  });
});
