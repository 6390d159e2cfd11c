import { throughApi } from '@/lib/boundary/bedrock-api';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination, nameFrom } from '@/lib/boundary/destination';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { layersFor } from '@/lib/facts/layers';
import { PACKAGED } from '@/lib/facts/packaged';
import { areLayers, wrongTables } from '@/lib/facts/row-forms';
import { apiRow, DOUBTED, releaseOf } from '../support/api-facts';

const EU = ResidencyBoundary.eu();
const GPT_OSS = 'openai.gpt-oss-120b-1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const API = 'chat-completions';
const decide = (id: string, region = 'eu-central-1', facts = PACKAGED) => {
  const boundary = EU._withFacts(facts);
  return throughApi(boundary, decideDestination(boundary, region, id), API);
};

test.each([GPT_OSS, SONNET])('%s is called by it where Converse may, in the same Regions', (id) => {
  const converse = decideDestination(EU, 'eu-central-1', id);
  expect(converse).toMatchObject({ inside: true });
  expect(decide(id)).toEqual({
    ...converse,
    destination: { ...(converse as object as { destination: object }).destination, api: API },
  });
  expect(throughApi(EU, converse, 'converse')).toBe(converse);
});

test.each([
  ['from London', SONNET, 'eu-west-2', 'routes-outside'],
  ['by a global profile', 'global.anthropic.claude-sonnet-4-6', 'eu-central-1', 'anywhere'],
  ['to an unknown model', 'acme.model-1', 'eu-central-1', 'unknown'],
  ['to an embedding model', 'amazon.titan-embed-text-v2:0', 'eu-central-1', 'not-served'],
])('a call %s is refused', (_, id, region, reason) => {
  expect(decide(id, region)).toMatchObject({ inside: false, reason });
});

const without = PACKAGED._including({ bedrockApis: [] });
const doubted = PACKAGED._including({ bedrockApis: DOUBTED });
const denied = (promise: 'retention' | 'routing') => PACKAGED.with(releaseOf(apiRow(promise)));

test.each([
  ['no row', without, 'unknown', 'no reliable source confirms that inference profiles route to the same Regions'],
  [
    'a doubtful row',
    doubted,
    'unreliable',
    'no reliable source confirms that inference profiles route to the same Regions',
  ],
  [
    'a newer row that says no',
    denied('routing'),
    'routes-outside',
    "by the API 'chat-completions', it says so (as of 2026-11-30)",
  ],
])('with %s of routing, profiles are refused and models of one Region are not', (_, facts, reason, detail) => {
  expect(decide(SONNET, 'eu-central-1', facts)).toMatchObject({
    inside: false,
    reason,
    detail: expect.stringMatching(
      new RegExp(`^${detail.replace(/[()]/g, '\\$&')}.*; remove 'api', which uses Converse$`),
    ),
  });
  expect(decide(GPT_OSS, 'eu-central-1', facts)).toMatchObject({ inside: true });
});

test.each([
  ['no row', without, 'unknown'],
  ['a doubtful row', doubted, 'unreliable'],
  ['a newer row that says no', denied('retention'), 'keeps-content'],
])('with %s of retention, it serves no project, and Converse does', (_, facts, reason) => {
  expect(mayServeWithoutRetention(facts, 'openai.gpt-oss-120b-1:0', API)).toMatchObject({ inside: false, reason });
  expect(mayServeWithoutRetention(facts, 'openai.gpt-oss-120b-1:0')).toMatchObject({ inside: true });
});

test('a row that says no counts before any newer one that says yes', () => {
  const facts = PACKAGED.with(
    releaseOf(apiRow('retention')),
    releaseOf(apiRow('retention', { holds: true, asOf: '2026-12-31' })),
  );
  expect(mayServeWithoutRetention(facts, GPT_OSS, API)).toMatchObject({ inside: false, reason: 'keeps-content' });
});

test('what a model retains counts through it too', () => {
  expect(mayServeWithoutRetention(PACKAGED, 'openai.gpt-6-astra', API)).toMatchObject({ reason: 'keeps-content' });
});

test('rows travel to the policies that call by the API, and only a release may bring them', () => {
  const layer = releaseOf(apiRow('retention'));
  expect(layersFor([layer], new Set([GPT_OSS]))).toEqual([]);
  expect(layersFor([layer], new Set([GPT_OSS, API]))).toEqual([layer]);
  expect(areLayers([layer])).toBe(true);
  const origin = { kind: 'admitted', requestedBy: 'a', approvedBy: 'b', reason: 'c', expires: '2027-01-01' };
  expect(areLayers([{ ...layer, origin }])).toBe(false);
  expect(wrongTables({ bedrockApis: [apiRow('retention', { api: 'responses' as never })] })).toContain(
    'chat-completions',
  );
});

test('its name in a list says by which API it is called', () => {
  expect(nameFrom('eu-central-1', { id: 'x', sourceRegion: 'eu-north-1', api: API })).toBe(
    'x in eu-north-1 by chat-completions',
  );
});
