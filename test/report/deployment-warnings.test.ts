import type { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { loadConfig } from '@/lib/config/load';
import type { DeploymentConfig } from '@/lib/config/model/config';
import { deploymentWarnings } from '@/lib/report/deployment-warnings';
import { boundaryOn, model, profile } from '../support/aged-facts';
import { DEPLOYMENT } from '../support/deployment';

const NEAR = ['eu-central-1', 'eu-north-1'];
const WIDE = [...NEAR, 'eu-south-1', 'eu-south-2'];
const retains = (modelId: string, days: number) =>
  ({
    modelId,
    underNone: 'served',
    days,
    keeper: days > 0 ? 'exemple' : null,
    what: days > 0 ? 'prompts' : 'nothing',
    source: 'test',
    asOf: '2026-11-30',
    confidence: 'high',
  }) as const;
const ROWS = {
  models: [
    model('exemple.old', { releasedAt: '2025-01-01', legacyFrom: '2026-11-01', endsAt: '2027-03-30' }),
    model('exemple.new', { releasedAt: '2026-10-01' }),
    model('exemple.newest', { releasedAt: '2026-11-01' }),
    model('exemple.wide', { releasedAt: '2026-09-01', endsNotBefore: '2026-12-01' }),
  ],
  profiles: [
    profile('eu.exemple.old', NEAR),
    profile('eu.exemple.new', NEAR),
    profile('eu.exemple.newest', NEAR),
    profile('eu.exemple.wide', WIDE),
  ],
  modelRetention: [
    retains('exemple.newest', 30),
    ...['old', 'new', 'wide'].map((name) => retains(`exemple.${name}`, 0)),
  ],
};

function deploymentOf(
  boundary: ResidencyBoundary,
  ids: readonly string[],
  tenants: Partial<Pick<DeploymentConfig, 'workspaces' | 'projects'>> = { projects: [] },
  primaryRegion = 'eu-central-1',
): DeploymentConfig {
  const destinations = ids.map((id) => {
    const decision = decideDestination(boundary, 'eu-central-1', id);
    if (!decision.inside) throw new Error(decision.detail);
    return decision.destination;
  });
  return { ...DEPLOYMENT, primaryRegion, models: [{ id: 'assistant', destinations }], ...tenants };
}

const BOT = { id: 'bot', models: ['assistant'], limits: {} };
const warned = (
  day: string,
  ids: readonly string[],
  tenants?: Parameters<typeof deploymentOf>[2],
  primary?: string,
) => {
  const boundary = boundaryOn(day, ROWS);
  return deploymentWarnings(boundary, deploymentOf(boundary, ids, tenants, primary));
};

test('a deployment with nothing to do before long has no warning', () => {
  expect(warned('2026-11-30', ['eu.exemple.new', 'openai.gpt-oss-120b-1:0'], { projects: [BOT] })).toEqual([]);
  expect(warned('2026-10-31', ['eu.exemple.old'])).toEqual([]);
});

test('a model that is closed to new customers, or ends within 120 days, is named with its date and the newest replacement', () => {
  expect(warned('2026-11-30', ['eu.exemple.old'])).toEqual([
    "eu.exemple.old of model 'assistant' has been closed to new customers since 2026-11-01 and ends on 2027-03-30 (120 days from today); " +
      'the newest replacement is eu.exemple.newest',
  ]);
});

test('the replacement in a project retains nothing', () => {
  const [text] = warned('2026-11-30', ['eu.exemple.old'], { projects: [BOT] });
  expect(text).toMatch(/; the newest replacement is eu\.exemple\.new$/);
});

test('the earliest day on which a model can end is no reason to warn', () => {
  expect(warned('2027-05-01', ['eu.exemple.wide'])).toEqual([expect.not.stringContaining('end')]);
});

test('opt-in Regions are named with the command that enables each', () => {
  expect(warned('2026-11-30', ['eu.exemple.wide'])).toEqual([
    "model 'assistant' may be processed in eu-south-1, Milan (IT); eu-south-2, Spain (Aragon) (ES), which an account must enable before use: " +
      'aws account enable-region --region-name eu-south-1 and aws account enable-region --region-name eu-south-2; until then, no project ' +
      'is served by a destination that may route there',
  ]);
});

test('opt-in Regions of a guardrail profile are named too', () => {
  const guardrails = [{ id: 'gr1', version: '1', region: 'eu-central-1', profile: 'eu.guardrail.v1:0' }];
  const [text] = warned('2026-11-30', ['eu.exemple.new'], { projects: [{ ...BOT, guardrails }] });
  expect(text).toBe(
    "guardrails with the profile 'eu.guardrail.v1:0' may evaluate content in eu-south-1, Milan (IT); eu-south-2, Spain (Aragon) (ES), which an " +
      'account must enable before use: aws account enable-region --region-name eu-south-1 and aws account enable-region --region-name ' +
      'eu-south-2; until then, no project is served that has one',
  );
});

test('a Region that stacks are deployed to is enabled already', () => {
  const [text] = warned('2026-11-30', ['eu.exemple.wide'], { projects: [] }, 'eu-south-1');
  expect(text).toContain('may be processed in eu-south-2');
  expect(text).not.toContain('eu-south-1');
});

test('a first destination of a project that needs an opt-in Region is a warning of its own, with one that needs none', () => {
  const first = warned('2026-11-30', ['eu.exemple.wide', 'eu.exemple.new'], { projects: [BOT] });
  expect(first).toHaveLength(2);
  expect(first[1]).toBe(
    "the first destination of model 'assistant', eu.exemple.wide, needs opt-in Regions, and projects use the model; put a destination " +
      'that needs none first, such as eu.exemple.new, or enable the Regions before you deploy',
  );
  expect(warned('2026-11-30', ['eu.exemple.new', 'eu.exemple.wide'], { projects: [BOT] })).toHaveLength(1);
  expect(warned('2026-11-30', ['eu.exemple.wide', 'eu.exemple.new'])).toHaveLength(1);
});

test("the sample's project needs no opt-in Region", () => {
  const { boundary, deployment } = loadConfig('residency.yaml');
  const texts = deployment === undefined ? ['nothing is deployed'] : deploymentWarnings(boundary, deployment);
  expect(texts.filter((text) => /helpdesk|nothing is deployed/.test(text))).toEqual([]);
});
