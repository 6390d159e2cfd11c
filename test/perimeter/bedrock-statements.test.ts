import fc from 'fast-check';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { type Destination, decideDestination } from '@/lib/boundary/destination';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { REGIONS } from '@/lib/facts/generated/regions';
import { findRegion } from '@/lib/facts/region';
import { bedrockEndpointPolicy, bedrockStatements } from '@/lib/perimeter/bedrock-statements';

const EU = ResidencyBoundary.eu();
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const TITAN = 'amazon.titan-embed-text-v2:0';
const account = '111122223333';
const partition = 'aws';

function destination(region: string, id: string, boundary = EU): Destination {
  const decision = decideDestination(boundary, region, id);
  if (!decision.inside) throw new Error(decision.detail);
  return decision.destination;
}

const haiku = destination('eu-central-1', `eu.${HAIKU}`);
const titan = destination('eu-central-1', TITAN);
const gpt = destination('eu-central-1', 'openai.gpt-oss-120b-1:0');
const PROFILE = `arn:aws:bedrock:eu-central-1:${account}:inference-profile/eu.${HAIKU}`;

describe('bedrockStatements', () => {
  const Action = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

  test('allow a profile in its source Region, and its model in every Region only through the profile', () => {
    expect(bedrockStatements({ partition, account, destinations: [haiku] })).toEqual([
      { Sid: 'Profile0', Effect: 'Allow', Action, Resource: [PROFILE] },
      {
        Sid: 'ModelOnlyViaProfile0',
        Effect: 'Allow',
        Action,
        Resource: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'].map(
          (region) => `arn:aws:bedrock:${region}::foundation-model/${HAIKU}`,
        ),
        Condition: { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } },
      },
    ]);
  });

  test('allow a model that a Region serves itself only in that Region', () => {
    expect(bedrockStatements({ partition, account, destinations: [titan, titan] })).toEqual([
      {
        Sid: 'Models',
        Effect: 'Allow',
        Action,
        Resource: [`arn:aws:bedrock:eu-central-1::foundation-model/${TITAN}`],
      },
    ]);
  });

  test('allow what Converse needs, and no more, for a call by Chat Completions', () => {
    const scope = (destinations: Destination[]) => ({ partition, account, destinations });
    const byChat = [haiku, gpt].map((one) => ({ ...one, api: 'chat-completions' as const }));
    expect(bedrockStatements(scope(byChat))).toEqual(bedrockStatements(scope([haiku, gpt])));
    expect(bedrockStatements(scope([...byChat, haiku, gpt]))).toEqual(bedrockStatements(scope([haiku, gpt])));
  });

  test('allow nothing for no destinations', () => {
    expect(bedrockStatements({ partition, account, destinations: [] })).toEqual([]);
  });

  test('may leave the partition to CloudFormation', () => {
    const [statement] = bedrockStatements({ partition: '${Part}', account, destinations: [titan] });
    expect(statement?.Resource).toEqual([`arn:\${Part}:bedrock:eu-central-1::foundation-model/${TITAN}`]);
  });

  test('name a profile once, however many models use it', () => {
    const sids = bedrockStatements({ partition, account, destinations: [haiku, haiku] }).map(({ Sid }) => Sid);
    expect(sids).toEqual(['Profile0', 'ModelOnlyViaProfile0']);
  });

  test.each([
    ['any Region', { regions: ['*'] }, "got '*'"],
    ['no Region', { regions: [''] }, "got ''"],
    ['an unknown Region', { sourceRegion: 'eu-central-9' }, "got 'eu-central-9'"],
    ['a Region of another partition', { regions: ['eusc-de-east-1'] }, "got 'eusc-de-east-1'"],
    ['any model', { modelId: '*' }, "got '*'"],
    ['any profile', { id: 'eu.*' }, "got 'eu.*'"],
  ])('refuse a hand-made destination that names %s', (_, change, found) => {
    expect(() => bedrockStatements({ partition, account, destinations: [{ ...haiku, ...change }] })).toThrow(found);
  });
});

describe('bedrockEndpointPolicy', () => {
  const paris = destination('eu-west-3', `eu.${HAIKU}`);
  const policy = (region: string) =>
    bedrockEndpointPolicy({ partition, account, region, destinations: [haiku, paris] });

  test("allows only calls by the account's principals", () => {
    const conditions = policy('eu-central-1').Statement.map((statement) => statement.Condition?.StringEquals);
    expect(conditions).toEqual([
      { 'aws:PrincipalAccount': account },
      { 'aws:PrincipalAccount': account, 'bedrock:InferenceProfileArn': PROFILE },
    ]);
  });

  test('allows only destinations called in its own Region', () => {
    const profiles = policy('eu-central-1')
      .Statement.flatMap(({ Resource }) => Resource)
      .filter((arn) => arn.includes('inference-profile'));
    expect(profiles).toEqual([PROFILE]);
  });

  test('allows nothing if no destination is called', () => {
    expect(policy('eu-north-1').Statement).toEqual([
      { Sid: 'Nothing', Effect: 'Deny', Principal: '*', Action: ['*'], Resource: ['*'] },
    ]);
  });
});

test('no boundary, source Region and target yield a statement for an unnamed Region or one outside the boundary', () => {
  const boundaries = fc.oneof(
    fc.constantFrom(EU, ResidencyBoundary.eea()),
    fc.subarray(EU.regionCodes(), { minLength: 1 }).map((codes) => ResidencyBoundary.regions(...codes)),
  );
  const calls = fc.array(
    fc.record({
      region: fc.oneof(
        fc.constantFrom(...EU.regionCodes(partition)),
        fc.constantFrom(...REGIONS.map(({ code }) => code)),
      ),
      id: fc.constantFrom(...PROFILES.map(({ id }) => id), ...ON_DEMAND_MODELS.map(({ modelId }) => modelId)),
    }),
    { minLength: 1, maxLength: 40 },
  );
  let seen = 0;
  fc.assert(
    fc.property(boundaries, calls, (boundary, targets) => {
      const destinations = targets
        .map(({ region, id }) => decideDestination(boundary, region, id))
        .flatMap((decision) => (decision.inside ? [decision.destination] : []))
        .filter(({ sourceRegion }) => findRegion(sourceRegion)?.partition === partition);
      for (const { Resource } of bedrockStatements({ partition, account, destinations })) {
        for (const arn of Resource) {
          seen++;
          expect(arn).not.toContain('*');
          expect(boundary.containsRegion(arn.split(':')[3] ?? '')).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(300);
});
