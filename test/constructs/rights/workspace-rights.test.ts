import { Duration } from 'aws-cdk-lib/core';
import { rulesOf } from '@/lib/app/parts/rights';
import { rightsMachineDefinition } from '@/lib/constructs/rights/rights-machine-definition';
import { rightsPolicy } from '@/lib/constructs/rights/rights-policy';
import { ErasureOfOthers, type RightsRules, requireHandOverDelay } from '@/lib/constructs/rights/rights-rules';
import { rightsSchema } from '@/lib/contract/schemas/rights-schema';
import { deployedTemplates } from '../../support/deployed-templates';
import { EU } from '../../support/deployment';
import { stackIn } from '../../support/in-region';
import { membersIn } from '../../support/members';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

const { sciences: template } = deployedTemplates();

describe('the operator’s function', () => {
  const [[id] = []] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(
    ([, { Properties }]) => Properties.Environment?.Variables?.UPKEEP_FUNCTION === 'confirm',
  );

  test('is invoked by no role, rule, API or state machine of the stack', () => {
    expect(id).toMatch(/^WorkspaceRightsConfirm/);
    const named = Object.entries(template.toJSON().Resources as Json).filter(
      ([name, resource]) => name !== id && JSON.stringify(resource).includes(`"${id}"`),
    );
    expect(named).toEqual([]);
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Policy'))) {
      for (const { Action, Resource } of Properties.PolicyDocument.Statement) {
        if ([Action].flat().some((action) => /^(lambda:|\*)/.test(action))) expect(Resource).not.toBe('*');
      }
    }
  });

  test('is named by an output, for an operator that IAM lets run it', () => {
    template.hasOutput('OperatorFunction', { Value: { Ref: id } });
  });

  test('reaches jobs and user statuses only', () => {
    const [{ Properties } = {} as Json] = Object.values(template.findResources('AWS::IAM::Policy')).filter(
      ({ Properties: { Roles } }) => JSON.stringify(Roles).includes('WorkspaceRightsConfirmRole'),
    );
    const onTables = Properties.PolicyDocument.Statement.filter(({ Action }: Json) =>
      `${Action}`.includes('dynamodb:'),
    );
    // Who gave roles is in the table of suspensions.
    expect(onTables.map(({ Action }: Json) => [Action].flat().length)).toEqual([3, 1]);
    expect(onTables[0].Condition).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['rights', 'rights#*'] },
    });
  });
});

test('an alarm notifies of requests about other people’s content', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'rightsNotices',
    Dimensions: [{ Name: 'tenant', Value: 'sciences' }],
    Threshold: 1,
    AlarmActions: [{}],
  });
});

test('a failed step is retried eight times within 2 hours and 45 minutes, with pauses of 21 minutes together', () => {
  const { States } = rightsMachineDefinition('aws', { eraser: 'arn' }) as Json;
  const { TimeoutSeconds, Retry } = States.eraser;
  const [{ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }] = Retry;
  expect(MaxAttempts).toBe(8);
  const pauses = Array.from({ length: MaxAttempts }, (_, nth) =>
    Math.min(IntervalSeconds * BackoffRate ** nth, MaxDelaySeconds),
  ).reduce((sum, one) => sum + one, 0);
  expect(pauses).toBeLessThanOrEqual(21 * 60);
  expect(TimeoutSeconds).toBeLessThanOrEqual(16 * 60);
  expect(pauses + (MaxAttempts + 1) * TimeoutSeconds).toBeLessThanOrEqual(165 * 60);
});

describe('rules', () => {
  const members = membersIn(stackIn('eu-central-1', 'Tenant'));
  const policyWith = (rules?: RightsRules) => rightsPolicy(EU, 'sciences', members, rules);

  test.each<[string, RightsRules | undefined, object]>([
    ['none', undefined, { handOverDays: 3, erasureOfOthers: 'delay' }],
    [
      'those of the file',
      rulesOf({ handOverDays: 14, erasureOfOthers: 'second-person' }),
      { handOverDays: 14, erasureOfOthers: 'second-person' },
    ],
    ['a part of them', rulesOf({ handOverDays: 1 }), { handOverDays: 1, erasureOfOthers: 'delay' }],
    [
      'those of an app',
      { handOverDelay: Duration.days(30), erasureOfOthers: ErasureOfOthers.SECOND_PERSON },
      { handOverDays: 30, erasureOfOthers: 'second-person' },
    ],
  ])('%s become the policy, which the functions read', (_, rules, expected) => {
    expect(policyWith(rules)).toMatchObject(expected);
    expect(rightsSchema.parse(policyWith(rules))).toMatchObject(expected);
  });

  test.each([Duration.days(0), Duration.days(31), Duration.hours(36)])('a delay of %s is refused', (handOverDelay) => {
    const stack = stackIn('eu-central-1', 'Tenant');
    expect(() => requireHandOverDelay(stack, { handOverDelay })).toThrow(
      "'handOverDelay' must be a whole number of days from 1 to 30",
    );
  });
});
