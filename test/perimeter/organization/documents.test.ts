import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideProfile } from '@/lib/boundary/profile';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { characterLimit, policyLimit } from '@/lib/perimeter/organization/policy-limits';
import { policyText } from '@/lib/perimeter/organization/policy-text';
import { scope, statement, statementsOf } from './scope';

const SETS = ['aws', 'aws-eusc'].flatMap((partition) =>
  [true, false].map((hasEgress) => [partition, hasEgress ? 'with' : 'without', { partition, hasEgress }] as const),
);

test.each(SETS)('the documents of %s %s an egress stack', (_partition, _egress, set) => {
  expect(perimeterDocuments(scope({ ...set, requiresBoundary: true }))).toMatchSnapshot();
});

test.each(SETS)('each document of %s %s an egress stack is within the limits of AWS', (partition, _egress, set) => {
  const documents = perimeterDocuments(scope({ ...set, requiresBoundary: true }));
  for (const { name, kind, content, description } of documents) {
    expect([name, policyText(content).length <= (characterLimit(kind, partition) ?? 0)]).toEqual([name, true]);
    expect(description.length).toBeLessThanOrEqual(512);
  }
  expect(documents.filter(({ kind }) => kind === 'scp').length).toBeLessThanOrEqual(policyLimit('scp', partition).own);
});

test.each(SETS)('each statement of %s %s an egress stack has an ID of its own', (_partition, _egress, set) => {
  const ids = statementsOf(perimeterDocuments(scope({ ...set, requiresBoundary: true }))).map(({ Sid }) => Sid);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
});

test.each(['eu', 'eea', 'DE', 'DE,FR', 'eu-west-3', 'eu-central-1,eusc-de-east-1'])(
  'in the boundary %s, a statement names exactly the Regions inside it',
  (text) => {
    const boundary = ResidencyBoundary.parse(text);
    const documents = perimeterDocuments(scope({ boundary }));
    const regions = boundary.regionCodes('aws');
    expect(statement(documents, 'RegionsOutside').Condition).toEqual({
      StringNotEquals: { 'aws:RequestedRegion': regions },
    });
    expect(statement(documents, 'KeyReplicas').Condition).toEqual({
      StringNotEquals: { 'kms:ReplicaRegion': regions },
    });
    expect(statement(documents, 'BedrockResourcesOutside').NotResource).toEqual(
      regions.map((region) => `arn:aws:bedrock:${region}:*:*`),
    );
  },
);

test.each(['eu', 'DE', 'eu-west-1', 'eu-central-1,eu-west-3'])(
  'in the boundary %s, the admitted profiles are those that decideProfile admits, by source Region',
  (text) => {
    const boundary = ResidencyBoundary.parse(text);
    const [denied] = [statement(perimeterDocuments(scope({ boundary })), 'BedrockProfilesOutside').NotResource ?? []];
    const regions = boundary.regionCodes('aws');
    for (const { id, kind } of PROFILES) {
      const path = { inference: 'inference', guardrail: 'guardrail', 'data-automation': 'data-automation' }[kind];
      const inside = regions.filter((region) => decideProfile(boundary, region, id, () => '').inside);
      const named = regions.filter((region) =>
        denied.some((arn) => [region, '*'].some((code) => arn === `arn:aws:bedrock:${code}:*:${path}-profile/${id}`)),
      );
      expect([id, named]).toEqual([id, inside]);
    }
  },
);

test('an internet gateway is denied to every principal unless the deployment has an egress', () => {
  const of = (hasEgress: boolean) => statement(perimeterDocuments(scope({ hasEgress })), 'InternetGateways').Condition;
  expect(of(false)).toBeUndefined();
  expect(of(true)).toEqual({
    ArnNotLike: {
      'aws:PrincipalArn': ['arn:aws:iam::*:role*/cdk-*-cfn-exec-role-*'],
    },
  });
});

/** No policy further down changes a level that has it. */
const FINAL = { '@@operators_allowed_for_child_policies': ['@@none'] };

test("the organization's guardrails are enforced in their own Regions and partition", () => {
  const guardrails = [
    'arn:aws:bedrock:eu-central-1:111122223333:guardrail/abc:1',
    'arn:aws-eusc:bedrock:eusc-de-east-1:111122223333:guardrail/def:2',
  ];
  const of = (partition: string) =>
    perimeterDocuments(scope({ partition, guardrails })).find(({ kind }) => kind === 'bedrock-policy')?.content;
  const everything = { ...FINAL, '@@assign': 'comprehensive' };
  expect(of('aws')).toEqual({
    bedrock: {
      ...FINAL,
      guardrail_inference: {
        ...FINAL,
        'eu-central-1': {
          ...FINAL,
          residency: {
            ...FINAL,
            identifier: { ...FINAL, '@@assign': guardrails[0] },
            selective_content_guarding: { ...FINAL, system: everything, messages: everything },
          },
        },
      },
    },
  });
  expect(JSON.stringify(of('aws-eusc'))).toContain('guardrail/def:2');
  expect(perimeterDocuments(scope()).map(({ kind }) => kind)).not.toContain('bedrock-policy');
});

test('roles need the boundary only if the perimeter has one', () => {
  const ids = (requiresBoundary: boolean) =>
    statementsOf(perimeterDocuments(scope({ requiresBoundary }))).map(({ Sid }) => Sid);
  expect(ids(false)).not.toContain('MissingBoundaries');
  expect(ids(true)).toContain('MissingBoundaries');
});

test('a denial that no document can hold is refused with its size, because it stays whole', () => {
  const deployRoles = Array.from({ length: 90 }, (_, index) => `role-of-a-team-with-a-long-name-${index}`);
  expect(() => perimeterDocuments(scope({ deployRoles }))).toThrow(
    /^the statement 'DeployRoles' has \d+ characters, but aws accepts 10240 in a document \(https:.*; narrow the boundary, or list fewer 'deployRoles', 'managementRoles' or 'deployments'$/,
  );
});

test('more documents than AWS attaches are refused', () => {
  const deployRoles = Array.from({ length: 15 }, (_, index) => `role-of-a-team-${index}`);
  expect(() => perimeterDocuments(scope({ deployRoles, partition: 'aws-eusc' }))).toThrow(
    /^the perimeter needs \d+ documents of the kind 'scp', but aws-eusc attaches at most 4 in addition to its own \(https:.*; narrow/,
  );
  expect(perimeterDocuments(scope({ deployRoles }))).not.toEqual([]);
});

test('no statement of an SCP allows anything, and none has a principal', () => {
  for (const { content, kind } of perimeterDocuments(scope())) {
    if (kind !== 'scp') continue;
    expect(content.Statement.filter(({ Effect, Principal }) => Effect !== 'Deny' || Principal !== undefined)).toEqual(
      [],
    );
  }
});
