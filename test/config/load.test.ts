import path from 'node:path';
import { loadConfig, readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const SAMPLE = path.join(__dirname, '../../residency.yaml');

test('the sample describes a deployment with all destinations inside the boundary', () => {
  const { boundary, deployment } = loadConfig(SAMPLE);
  expect(boundary.name).toBe('eu');
  expect(deployment).toEqual({
    name: 'exemple',
    primaryRegion: 'eu-central-1',
    network: { ranges: {} },
    organisation: {
      name: 'Université Exemple',
      controller: "Université Exemple, 1 rue de l'Exemple, 75005 Paris",
      dpo: 'dpo@example.eu',
    },
    alerts: { kind: 'to', addresses: ['security@example.eu'] },
    bedrock: { retention: 'manage' },
    records: { memberDays: 30 },
    models: [
      {
        id: 'assistant',
        destinations: [
          {
            provider: 'bedrock',
            id: 'eu.anthropic.claude-sonnet-5',
            modelId: 'anthropic.claude-sonnet-5',
            throughProfile: true,
            sourceRegion: 'eu-central-1',
            regions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
          },
          {
            provider: 'bedrock',
            id: 'openai.gpt-oss-120b-1:0',
            modelId: 'openai.gpt-oss-120b-1:0',
            throughProfile: false,
            sourceRegion: 'eu-central-1',
            regions: ['eu-central-1'],
          },
        ],
        interchangeable: true,
      },
      {
        id: 'helpdesk',
        destinations: [
          {
            provider: 'bedrock',
            id: 'openai.gpt-oss-120b-1:0',
            modelId: 'openai.gpt-oss-120b-1:0',
            throughProfile: false,
            sourceRegion: 'eu-central-1',
            regions: ['eu-central-1'],
          },
        ],
      },
    ],
    workspaces: [
      { id: 'sciences', edition: 'edu', retention: { kind: 'days', days: 365 }, models: ['assistant'], limits: {} },
    ],
    projects: [
      {
        id: 'helpdesk-bot',
        models: ['helpdesk'],
        limits: { requestsPerMinute: 600, tokensPerDay: 5_000_000 },
      },
    ],
  });
});

test('a file without workspaces deploys its projects', () => {
  const text = `boundary: eu
name: api
regions: { primary: eu-west-3 }
models: [{ id: open, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
projects: [{ id: bot, models: [open] }]
alerts: { none: 'no team is on duty' }
`;
  expect(readConfig(text, 'residency.yaml').deployment).toMatchObject({
    organisation: {},
    workspaces: [],
    alerts: { kind: 'none', reason: 'no team is on duty' },
  });
});

test('retention settings of Bedrock are passed on', () => {
  const settings = 'bedrock: { maxReadingAge: 48h, invocationLogging: { bucket: prompts, logGroup: /bedrock } }';
  const text = edited('projects:\n  - id: helpdesk-bot\n    models: [assistant]\n', `${settings}\n`);
  expect(readConfig(text, 'residency.yaml').deployment).toMatchObject({
    bedrock: { maxReadingAgeHours: 48, invocationLogging: { bucket: 'prompts', logGroup: '/bedrock' } },
  });
});

test.each<[string, number | undefined]>([
  ['365d', undefined],
  ['365d\n    keys: {}', 30],
  ['365d\n    keys: { signInWithin: 1d }', 1],
  ['365d\n    keys: { signInWithin: 180d }', 180],
])("members' keys are opt-in, and work for a month after a sign-in by default: %j", (retention, signInWithinDays) => {
  const { deployment } = readConfig(edited('365d', retention), 'residency.yaml');
  expect(deployment?.workspaces[0]?.keys).toEqual(signInWithinDays && { signInWithinDays });
});

test('conversations may be stored until deleted if the file says so', () => {
  const { deployment } = readConfig(edited('365d', 'until-deleted'), 'residency.yaml');
  expect(deployment?.workspaces[0]?.retention).toEqual({ kind: 'until-deleted' });
});

test('an alias is replaced by its list', () => {
  const text = edited('models: [assistant]\np', 'models: &all [assistant]\np');
  const { deployment } = readConfig(edited('bot\n    models: [assistant]', 'bot\n    models: *all', text), 'x.yaml');
  expect(deployment?.projects[0]?.models).toEqual(['assistant']);
});

describe('with keys of later versions permitted', () => {
  const read = (from: string, to: string, file = 'residency.yaml') =>
    readConfig(edited(from, to), file, { notYet: [], unneeded: [] }).deployment;

  test('the recovery Region is passed on', () => {
    expect(read('eu-central-1', 'eu-central-1, recovery: eu-west-1')?.recoveryRegion).toBe('eu-west-1');
  });

  test('a destination in a further Region is passed on', () => {
    const models = read('gpt-oss-120b-1:0', 'gpt-oss-120b-1:0\n        region: eu-north-1')?.models;
    expect(models?.[0]?.destinations[1]).toMatchObject({ sourceRegion: 'eu-north-1', regions: ['eu-north-1'] });
  });

  test('limits are passed on', () => {
    const deployment = read('edition: edu', 'edition: edu\n    limits: { tokensPerDay: 5 }');
    expect(deployment?.workspaces[0]?.limits).toEqual({ tokensPerDay: 5 });
    const project = read('id: helpdesk-bot', 'id: helpdesk-bot\n    limits: { requestsPerMinute: 5 }')?.projects[0];
    expect(project?.limits).toEqual({ requestsPerMinute: 5 });
  });
});

test('the message for each missing key has an example', () => {
  const text = `boundary: eu
identity: { shared: [{ id: campus, oidc: { issuer: https://idp.example.eu, clientId: a, clientSecretName: b } }] }
`;
  const examples = linesOf(text).filter((line) => line.includes('is missing; '));
  expect(examples).toHaveLength(3);
  for (const line of examples) expect(line).toMatch(/for example '\w+: .+'$/);
});
