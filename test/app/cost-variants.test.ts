import { variantsOf } from '@/lib/app/cost/variants';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readConfig } from '@/lib/config/load';
import type { DeploymentConfig } from '@/lib/config/model/config';

const NOW = new Date('2026-11-30');
const EU = ResidencyBoundary.eu();
const DEPLOYMENT = readConfig(
  `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: { none: a test }
models: [{ id: fast, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [fast] }
  - { id: office, edition: edu, retention: 365d, models: [fast] }
projects: [{ id: search, models: [fast] }]
`,
  'residency.yaml',
).deployment as DeploymentConfig;

const named = (...args: Parameters<typeof variantsOf>) =>
  Object.fromEntries(variantsOf(...args).map(({ variant, deployment }) => [variant.name, { variant, deployment }]));

test('a deployment varies by a workspace, a Region and recovery, where prices are known', () => {
  const { declared, workspace, region, recovery } = named(DEPLOYMENT, EU, NOW);
  expect(declared?.deployment).toBe(DEPLOYMENT);
  expect(workspace?.deployment.workspaces.map(({ id }) => id)).toEqual(['sciences', 'office', 'further']);
  expect(region?.variant).toEqual({ name: 'region', region: 'eu-west-1' });
  expect(region?.deployment.models.at(-1)?.destinations.map(({ sourceRegion }) => sourceRegion)).toEqual(['eu-west-1']);
  expect(recovery?.deployment.recoveryRegion).toBe('eu-west-1');
});

test('a Region in which a model is called already is no further Region', () => {
  const [called] = named(DEPLOYMENT, EU, NOW).region?.deployment.models.slice(-1) ?? [];
  const models = [...DEPLOYMENT.models, ...(called === undefined ? [] : [{ ...called, id: 'before' }])];
  expect(named({ ...DEPLOYMENT, models }, EU, NOW).region?.variant).not.toMatchObject({ region: 'eu-west-1' });
});

test('recovery that is declared is taken away instead', () => {
  const variants = named({ ...DEPLOYMENT, recoveryRegion: 'eu-west-1' }, EU, NOW);
  expect(variants.recovery).toBeUndefined();
  expect(variants['without-recovery']?.deployment.recoveryRegion).toBeUndefined();
});

test('a boundary with one Region has no variant with another', () => {
  expect(Object.keys(named(DEPLOYMENT, ResidencyBoundary.parse('eu-central-1'), NOW))).toEqual([
    'declared',
    'workspace',
  ]);
});

test('projects alone have neither workspaces nor recovery', () => {
  expect(Object.keys(named({ ...DEPLOYMENT, workspaces: [] }, EU, NOW))).toEqual(['declared', 'region']);
});

describe('the zones of an egress', () => {
  const outside = (zones?: string): DeploymentConfig =>
    readConfig(
      `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: { none: a test }
providers: { declared: [{ name: eu-host, service: ovhcloud }] }
egress: {${zones === undefined ? '' : ` zones: [${zones}] `}}
models: [{ id: fast, destinations: [{ provider: eu-host, model: gpt-oss-120b }] }]
projects: [{ id: search, models: [fast] }]
`,
      'residency.yaml',
    ).deployment as DeploymentConfig;

  test.each([
    [undefined, 'without-egress-zone', 2, ['eu-central-1a']],
    ['eu-central-1b', 'egress-zone', 2, ['eu-central-1b', 'eu-central-1a']],
    ['eu-central-1a, eu-central-1c', 'without-egress-zone', 2, ['eu-central-1a']],
    ['eu-central-1a, eu-central-1b, eu-central-1c', 'without-egress-zone', 3, ['eu-central-1a', 'eu-central-1b']],
  ])('declared as %s, %s %d is compared', (zones, name, zone, expected) => {
    const varied = named(outside(zones), EU, NOW)[name];
    expect(varied?.variant).toEqual({ name, zone });
    expect(varied?.deployment.egress?.zones).toEqual(expected);
  });

  test('without an egress, there is nothing to compare', () => {
    expect(Object.keys(named(DEPLOYMENT, EU, NOW)).filter((name) => name.includes('egress'))).toEqual([]);
  });
});
