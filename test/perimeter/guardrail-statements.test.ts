import { bedrockEndpointPolicy } from '@/lib/perimeter/bedrock-statements';
import { guardrailKeyStatements, guardrailStatements, onlyGuarded } from '@/lib/perimeter/guardrail-statements';

const scope = { partition: 'aws', account: '111122223333' };
const plain = { id: 'gr1', version: '3', region: 'eu-central-1' };
const routed = { ...plain, id: 'gr2', profile: { id: 'eu.guardrail.v1:0', regions: ['eu-central-1', 'eu-west-3'] } };
const arn = (region: string, resource: string) => `arn:aws:bedrock:${region}:111122223333:${resource}`;
const PROFILE = 'guardrail-profile/eu.guardrail.v1:0';

test('a role may apply exactly its guardrails, and their profiles in each of their Regions', () => {
  expect(guardrailStatements({ ...scope, guardrails: [plain, routed, { ...plain, version: '4' }] })).toEqual([
    {
      Sid: 'Guardrails',
      Effect: 'Allow',
      Action: ['bedrock:ApplyGuardrail'],
      Resource: [
        arn('eu-central-1', 'guardrail/gr1'),
        arn('eu-central-1', 'guardrail/gr2'),
        arn('eu-central-1', PROFILE),
        arn('eu-west-3', PROFILE),
      ],
    },
  ]);
  expect(guardrailStatements({ ...scope, guardrails: [] })).toEqual([]);
});

test('a role may decrypt guardrails under a customer managed key, and with no other key', () => {
  const encryptionKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/k';
  const guardrails = [{ ...plain, encryptionKeyArn }, { ...routed, encryptionKeyArn }, plain];
  expect(guardrailKeyStatements({ guardrails })).toEqual([
    { Sid: 'GuardrailKeys', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [encryptionKeyArn] },
  ]);
  expect(guardrailKeyStatements({ guardrails: [plain] })).toEqual([]);
});

test('a call without one of the guardrails, or with another version, is denied', () => {
  expect(onlyGuarded({ ...scope, guardrails: [plain, routed] })).toMatchObject({
    Effect: 'Deny',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    Resource: ['*'],
    Condition: {
      StringNotEquals: {
        'bedrock:GuardrailIdentifier': [arn('eu-central-1', 'guardrail/gr1:3'), arn('eu-central-1', 'guardrail/gr2:3')],
      },
    },
  });
});

test('an endpoint allows the guardrails of its own Region to the account', () => {
  const stockholm = { ...plain, id: 'gr3', region: 'eu-north-1' };
  const policy = bedrockEndpointPolicy({
    ...scope,
    region: 'eu-north-1',
    destinations: [],
    guardrails: [plain, stockholm],
  });
  expect(policy.Statement).toEqual([
    expect.objectContaining({
      Sid: 'Guardrails',
      Principal: '*',
      Resource: [arn('eu-north-1', 'guardrail/gr3')],
      Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    }),
  ]);
});
