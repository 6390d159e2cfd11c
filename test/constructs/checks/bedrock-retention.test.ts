import type { PutObjectCommand, PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { RetentionManagement } from '@/lib/constructs/checks/bedrock-retention';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { FoundationProps } from '@/lib/constructs/foundation/foundation-props';
import { PACKAGED } from '@/lib/facts/packaged';
import { FormerSettings } from '@/lib/runtime/settings/former-settings';
import { parseSettingsPolicy } from '@/lib/runtime/settings/policy';
import { FakeControlPlane } from '../../runtime/settings/support/fake-control-plane';
import { event, NOW, providerFor } from '../../runtime/settings/support/settings-handler';
import { stackIn } from '../../support/in-region';
import { policiesOf, statementsOfRole } from '../../support/provider-assets';

const boundary = ResidencyBoundary.eu();
const NOVA = 'eu.amazon.nova-lite-v1:0';
const CLAUDE = 'eu.anthropic.claude-sonnet-4-6';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';
const models = [{ id: 'assistant', destinations: [{ id: CLAUDE }, { id: NOVA }, { id: GPT_OSS }] }];

function synthesize(props: Partial<FoundationProps> = {}) {
  const stack = stackIn('eu-central-1');
  const foundation = new Foundation(stack, 'Foundation', {
    boundary,
    models,
    alerts: Alerts.to('security@example.eu'),
    ...props,
  });
  return { foundation, template: Template.fromStack(stack), policies: policiesOf(stack) };
}

const managed = synthesize();
const verified = synthesize({ bedrockRetention: RetentionManagement.VERIFY });
const MANAGED_REGIONS = managed.foundation._bedrockRetention?.regions ?? [];

test('every Region that is called or may process a request gets the mode', () => {
  const reached = managed.foundation.destinations.flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]);
  expect(MANAGED_REGIONS).toEqual([...new Set(reached)].sort());
  expect(MANAGED_REGIONS).toContain('eu-south-1');
  for (const region of MANAGED_REGIONS) expect(boundary.containsRegion(region)).toBe(true);
});

test('a foundation without models sets nothing', () => {
  const { template, foundation } = synthesize({ models: [] });
  template.resourceCountIs('Custom::BedrockRetention', 0);
  expect([foundation.unusableRegions, foundation.destinationDrift]).toEqual(['none', 'none']);
});

test('both handlers get the declared logging destination, in the Region of the stack', () => {
  const { policies } = synthesize({ invocationLogging: { bucketName: 'prompts' } });
  expect(policies.map((text) => parseSettingsPolicy(text).logging)).toEqual(
    Array(2).fill({ region: 'eu-central-1', bucket: 'prompts' }),
  );
  expect(managed.policies.map((text) => parseSettingsPolicy(text).logging)).toEqual([undefined, undefined]);
});

test('the handlers accept the synthesized policies', () => {
  for (const { policies } of [managed, verified]) {
    expect(policies.map((text) => parseSettingsPolicy(text).task).sort()).toEqual(['check', 'retention']);
  }
  expect(verified.policies.map((text) => parseSettingsPolicy(text).mode)).toEqual(['verify', 'verify']);
});

/** Runs a synthesized policy against fakes, and returns the SDK's calls: `bedrock:GetAccountDataRetention eu-west-1`. */
async function calledBy(policies: readonly string[], task: string, mode: string): Promise<string[]> {
  const policy = policies.map(parseSettingsPolicy).find((candidate) => candidate.task === task);
  if (policy === undefined) throw new Error(`no policy of ${task}`);
  const fake = await new FakeControlPlane().start(...policy.regions);
  for (const region of policy.regions) fake.region(region).mode = mode;
  for (const { id, sourceRegion, regions } of policy.destinations) fake.region(sourceRegion).profiles[id] = regions;
  await providerFor(fake, policy).handler(event('Create'));
  await fake.stop();
  return [...new Set(fake.calls.map(({ region, action }) => `bedrock:${action} ${region}`))].sort();
}

/** The calls that a role's statements allow. */
function allowedTo(template: Template, description: string): string[] {
  const allowed = statementsOfRole(template, description).flatMap(({ Action, Condition, Resource }) =>
    [Action].flat().flatMap((action) => {
      if (!action.startsWith('bedrock:')) return [];
      const confined = Condition?.StringEquals?.['aws:RequestedRegion'];
      const named = JSON.stringify(Resource)
        .match(/:bedrock:[a-z0-9-]+/g)
        ?.map((arn) => arn.slice(9));
      return [...new Set([confined ?? named ?? ['anywhere']].flat())].map((region) => `${action} ${region}`);
    }),
  );
  return allowed.sort();
}

describe('the permissions match the SDK calls, in exactly these Regions,', () => {
  test('to set', async () => {
    const called = await calledBy(managed.policies, 'retention', 'inherit');
    expect(allowedTo(managed.template, "Sets Bedrock's retention mode to none")).toEqual(called);
    expect(called).toHaveLength(3 * MANAGED_REGIONS.length);
  });

  test('to verify', async () => {
    const called = await calledBy(verified.policies, 'retention', 'inherit');
    expect(allowedTo(verified.template, "Verifies Bedrock's retention mode")).toEqual(called);
    expect(called).toHaveLength(2 * MANAGED_REGIONS.length);
  });

  test('to check', async () => {
    const called = await calledBy(managed.policies, 'check', 'none');
    const description = "Reads the Regions of inference profiles and Bedrock's retention settings";
    expect(allowedTo(managed.template, description)).toEqual(called);
    expect(called).toContain('bedrock:GetInferenceProfile eu-central-1');
    expect(called).toContain('bedrock:GetFoundationModel eu-south-1');
  });

  test('and beyond Bedrock only write logs, former settings and check results', () => {
    const actions = (template: Template, description: string) =>
      statementsOfRole(template, description)
        .flatMap(({ Action }) => Action)
        .filter((action) => !action.startsWith('bedrock:'))
        .sort();
    expect(actions(managed.template, "Sets Bedrock's retention mode to none")).toEqual([
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
    ]);
    expect(actions(verified.template, "Verifies Bedrock's retention mode")).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
    expect(
      actions(managed.template, "Reads the Regions of inference profiles and Bedrock's retention settings"),
    ).toEqual(['dynamodb:PutItem', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('and name each profile', () => {
    const [profiles] = statementsOfRole(
      managed.template,
      "Reads the Regions of inference profiles and Bedrock's retention settings",
    ).filter(({ Action }) => [Action].flat().includes('bedrock:GetInferenceProfile'));
    const text = JSON.stringify(profiles?.Resource);
    expect(text).toContain(`:inference-profile/${CLAUDE}`);
    expect(text).toContain(`:inference-profile/${NOVA}`);
    expect(text).not.toContain('*');
  });

  test('and name each model, in the Regions that may serve it', () => {
    const [models] = statementsOfRole(
      managed.template,
      "Reads the Regions of inference profiles and Bedrock's retention settings",
    ).filter(({ Action }) => [Action].flat().includes('bedrock:GetFoundationModel'));
    const text = JSON.stringify(models?.Resource);
    for (const region of MANAGED_REGIONS) {
      expect(text).toContain(`:bedrock:${region}::foundation-model/${CLAUDE.slice(3)}`);
    }
    expect(text.match(new RegExp(`foundation-model/${GPT_OSS}`, 'g'))).toHaveLength(1);
    expect(text).not.toContain('*');
  });
});

test('the check gets each model with the dates that the facts announce, and the other function none', () => {
  const dates = { legacyFrom: '2026-10-08', endsAt: '2027-04-08' };
  const row = { modelId: CLAUDE.slice(3), name: 'Claude', maker: 'anthropic', kind: 'text', releasedAt: null } as const;
  const models = [
    { ...row, ...dates, endsNotBefore: null, source: 'test', asOf: '2026-11-30', confidence: 'high' },
  ] as const;
  const aged = boundary._withFacts(
    PACKAGED.with({ origin: { kind: 'release', version: 1 }, models }).at(() => new Date('2026-11-30')),
  );
  const { policies } = synthesize({ boundary: aged });
  const of = (task: string) => policies.map(parseSettingsPolicy).find((policy) => policy.task === task)?.destinations;
  expect(of('check')?.map(({ modelId, life }) => [modelId, life])).toEqual([
    [CLAUDE.slice(3), dates],
    [NOVA.slice(3), undefined],
    [GPT_OSS, undefined],
  ]);
  expect(of('retention')?.map(({ modelId, life }) => [modelId, life])).toEqual(Array(3).fill([undefined, undefined]));
});

test('former settings go to one object per Region in the evidence bucket, under its key through S3', async () => {
  const [write] = statementsOfRole(managed.template, "Sets Bedrock's retention mode to none").filter(
    ({ Action }) => Action === 's3:PutObject',
  );
  const allowed = ((write?.Resource ?? []) as { 'Fn::Join': [string, [unknown, string]] }[]).map(
    (arn) => arn['Fn::Join'][1][1],
  );
  const sent: PutObjectCommandInput[] = [];
  const s3 = { send: async ({ input }: PutObjectCommand) => void sent.push(input) } as unknown as S3Client;
  for (const region of MANAGED_REGIONS) await new FormerSettings(s3, 'evidence', () => NOW).store(region, 'inherit');
  expect(allowed).toEqual(sent.map(({ Key }) => `/${Key}`));
  expect(JSON.parse(String(sent[0]?.Body))).toEqual({
    setting: 'Bedrock account data retention mode',
    region: 'eu-central-1',
    former: 'inherit',
    set: 'none',
    time: NOW.toISOString(),
  });
});

describe('the custom resources', () => {
  const resource = (type: string) => {
    const [found] = Object.values(managed.template.findResources(type));
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  };

  test('are handled by functions of the app outside any VPC', () => {
    for (const type of ['Custom::BedrockRetention', 'Custom::DestinationCheck']) {
      const id = resource(type).Properties.ServiceToken['Fn::GetAtt'][0];
      const handler = managed.template.toJSON().Resources[id];
      expect(handler.Type).toBe('AWS::Lambda::Function');
      expect(handler.Properties.VpcConfig).toBeUndefined();
      expect(resource(type).Properties.ServiceTimeout).toBe('660');
    }
  });

  test('run one after the other, each after its permissions exist', () => {
    expect(resource('Custom::DestinationCheck').DependsOn).toEqual(
      expect.arrayContaining([expect.stringMatching(/^FoundationBedrockRetention[0-9A-F]{16}$/)]),
    );
    for (const type of ['Custom::BedrockRetention', 'Custom::DestinationCheck']) {
      expect(resource(type).DependsOn).toEqual(
        expect.arrayContaining([expect.stringMatching(/ProviderRoleDefaultPolicy/)]),
      );
    }
  });

  test('are replaced by a policy change, so that a refused change is rolled back without a call', () => {
    const ids = ({ template }: { template: Template }) =>
      ['Custom::BedrockRetention', 'Custom::DestinationCheck'].flatMap((type) =>
        Object.keys(template.findResources(type)),
      );
    const fewer = synthesize({ models: [{ id: 'assistant', destinations: [{ id: GPT_OSS }] }] });
    expect(ids(synthesize())).toEqual(ids(managed));
    expect(ids(fewer).filter((id) => ids(managed).includes(id))).toEqual([]);
  });

  test('run again only if the Regions change', () => {
    const digest = (template: Template) =>
      Object.values(template.findResources('Custom::BedrockRetention'))[0]?.Properties.Policy;
    const fewer = synthesize({ models: [{ id: 'assistant', destinations: [{ id: GPT_OSS }] }] });
    expect(digest(synthesize().template)).toBe(digest(managed.template));
    expect(digest(fewer.template)).not.toBe(digest(managed.template));
    expect(digest(verified.template)).not.toBe(digest(managed.template));
  });
});

describe('the check results', () => {
  test('are written only by the check', () => {
    managed.template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [
        Match.objectLike({
          Region: 'eu-central-1',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          ResourcePolicy: {
            PolicyDocument: Match.objectLike({
              Statement: [
                Match.objectLike({
                  Sid: 'OnlyTheCheckWrites',
                  Effect: 'Deny',
                  Principal: { AWS: '*' },
                  Condition: {
                    ArnNotEquals: {
                      'aws:PrincipalArn': {
                        'Fn::GetAtt': [Match.stringLikeRegexp('DestinationCheckProviderRole'), 'Arn'],
                      },
                    },
                  },
                }),
              ],
            }),
          },
        }),
      ],
    });
  });

  test('are renewed every hour', () => {
    managed.template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Targets: [
        Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DestinationCheckProvider'), 'Arn'] } }),
      ],
    });
  });
});
