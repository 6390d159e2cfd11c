import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { admittedLayers } from '@/lib/config/admitted-layers';
import { checkRow } from '@/lib/config/checks/admitted';
import { loadConfig } from '@/lib/config/load';
import { Facts } from '@/lib/facts/facts';
import type { FactTables } from '@/lib/facts/layers';
import type { ModelFact, ModelTraitsFact } from '@/lib/facts/model-facts';
import { PACKAGED } from '@/lib/facts/packaged';
import { folder } from '../cli/support';
import { ADMITTED, ADMITTED_MODEL, ADMITTED_NOW, admittedText } from '../support/admitted';
import { EU_NEXT, NEXT } from '../support/bedrock-answers';
import { linesFrom } from './support';

const CONFIG = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models: [{ id: assistant, destinations: [{ bedrock: '${EU_NEXT}' }] }]
projects: [{ id: bot, models: [assistant] }]
alerts: [security@example.eu]
`;

const load = (admitted: string, now = ADMITTED_NOW, config = CONFIG) => {
  const root = folder({ 'residency.yaml': config, 'residency-admitted.yaml': admitted });
  return loadConfig(path.join(root, 'residency.yaml'), undefined, undefined, () => now);
};
/** What the loader says, without the folder of the test. */
const lines = (...args: Parameters<typeof load>) =>
  linesFrom(() => load(...args)).map((line) => line.replace(/^.*\/residency/, 'residency'));

test('a row that holds admits the model for the whole configuration', () => {
  const { boundary, deployment } = load(admittedText(ADMITTED));
  expect(deployment?.models[0]?.destinations).toMatchObject([
    { id: EU_NEXT, modelId: NEXT, regions: ['eu-central-1', 'eu-north-1'], until: '2027-04-30' },
  ]);
  expect(boundary._facts?.layers.map(({ origin }) => origin)).toEqual([
    {
      kind: 'admitted',
      requestedBy: 'Grace Hopper',
      approvedBy: 'Ada Lovelace',
      reason: 'coding assistant',
      expires: '2027-04-30',
    },
  ]);
});

test('without the file, the model is unknown', () => {
  const root = folder({ 'residency.yaml': CONFIG });
  expect(linesFrom(() => loadConfig(path.join(root, 'residency.yaml'))).join()).toMatch(
    /models\[0\]\.destinations\[0\]\.bedrock: profile 'eu\.acme\.model-9-v1:0' is unknown; /,
  );
});

test.each<[string, object, RegExp]>([
  [
    'another format',
    { format: 2, admitted: [] },
    /^residency-admitted\.yaml:2:12: format: found the number 2, a format that this version doesn't know; allowed: 1; install the version/,
  ],
  ['no format', { admitted: [] }, /: format: is missing; allowed: 1; fix it, or remove the row/],
  [
    'an unknown key',
    { format: 1, admitted: [{ ...ADMITTED, boundary: 'eu' }] },
    /: admitted\[0\]\.boundary: isn't a known key; allowed: id, from,/,
  ],
  [
    'a missing approver',
    { format: 1, admitted: [{ ...ADMITTED, approvedBy: undefined }] },
    /: admitted\[0\]\.approvedBy: is missing; allowed: the approver/,
  ],
])('the file is refused with %s', (_, value, message) => {
  expect(lines(JSON.stringify(value, null, 1)).join('\n')).toMatch(message);
});

test.each<[string, object, RegExp]>([
  [
    'a Region outside the boundary',
    {
      regions: ['eu-central-1', 'eu-west-2'],
      modelArns: ADMITTED.modelArns.map((arn) => arn.replace('eu-north-1', 'eu-west-2')),
    },
    /^residency-admitted\.yaml:8:9: admitted\[0\]\.regions\[1\]: found eu-west-2, London \(GB\), outside the EU, where .* no one can admit a Region outside the boundary: remove the row, and use another model$/,
  ],
  [
    'a source Region outside',
    { from: 'eu-west-2' },
    /: admitted\[0\]\.from: found eu-west-2, London \(GB\), outside the EU; only a Region inside it/,
  ],
  [
    'an expired row',
    { expires: '2026-11-30' },
    /:\d+:\d+: admitted\[0\]\.expires: found '2026-11-30': the row has expired, and admits nothing; admit it again \('eu-residency facts admit eu\.acme\.model-9-v1:0'\), or remove the row and what uses it$/,
  ],
  [
    'an expiry more than 180 days ahead',
    { expires: '2027-05-29' },
    /expires: found '2027-05-29', more than 180 days after Bedrock answered; allowed: at the latest 2027-05-28/,
  ],
  [
    'an answer from the future',
    { readAt: '2026-12-01T00:00:00Z' },
    /readAt: found '2026-12-01T00:00:00Z', which is in the future, so Bedrock can't have answered then; check the clock/,
  ],
  [
    'an approver who is the requester, spelt differently',
    { approvedBy: 'grace  HOPPER' },
    /approvedBy: found 'grace {2}HOPPER', who also requested it; someone other than the requester must approve it: name another approver/,
  ],
  [
    'an approver who is the user of the ARN',
    { requestedBy: 'arn:aws:iam::111122223333:user/ada', approvedBy: 'Ada' },
    /approvedBy: found 'Ada', who also requested it/,
  ],
  [
    'an approver by another ARN of the same person',
    {
      requestedBy: 'arn:aws:sts::111122223333:assumed-role/Dev/ada',
      approvedBy: 'arn:aws:sts::111122223333:assumed-role/Admin/ada',
    },
    /approvedBy: found '.*ada', who also requested it/,
  ],
  [
    'an approver by the address of the requester',
    { requestedBy: 'ada@example.eu', approvedBy: 'Ada Lovelace <ada@example.eu>' },
    /approvedBy: found .*, who also requested it/,
  ],
  [
    'an approver in letters of another width',
    { approvedBy: 'Ｇrace Hopper' },
    /approvedBy: found 'Ｇrace Hopper', who also requested it/,
  ],
  [
    'another geography',
    { geography: 'us' },
    /geography: found 'us', but 'eu\.acme\.model-9-v1:0' is a profile of the geography 'eu'/,
  ],
  [
    'no geography',
    { geography: undefined },
    /id: found no geography, but 'eu\.acme\.model-9-v1:0' is a profile of the geography 'eu'/,
  ],
  [
    'a global profile',
    { id: `global.${NEXT}`, geography: 'global' },
    /id: found 'global\.acme\.model-9-v1:0', which may be processed in any Region of the world, so it can't be admitted/,
  ],
  ['a global profile that calls itself eu', { id: `global.${NEXT}` }, /id: found 'global\.acme/],
  [
    'the profile of another model',
    { model: { ...ADMITTED.model, id: 'acme.model-8' } },
    /model\.id: found 'acme\.model-8', but 'eu\.acme\.model-9-v1:0' is a profile of 'acme\.model-9-v1:0'/,
  ],
  [
    'Regions that the answer does not name',
    { regions: ['eu-central-1'] },
    /regions: found eu-central-1, but 'modelArns' name eu-central-1, eu-north-1; the row isn't Bedrock's answer any more/,
  ],
  [
    'an ARN without a Region',
    { modelArns: [`arn:aws:bedrock:::foundation-model/${NEXT}`] },
    /regions: found eu-central-1, eu-north-1, but 'modelArns' name no Region/,
  ],
  [
    'the ARN of another model',
    { modelArns: ADMITTED.modelArns.map((arn) => arn.replace('model-9', 'model-8')) },
    /modelArns: found the ARN of another model than 'acme\.model-9-v1:0'/,
  ],
  [
    'unknown retention',
    { retains: undefined },
    /: admitted\[0\]: what the provider of 'acme\.model-9-v1:0' retains is unknown, so .* can't be admitted without a declaration; read the provider's terms/,
  ],
  [
    'traits of a model without any',
    { like: 'acme.model-8' },
    /like: found 'acme\.model-8', of which the facts contain no traits/,
  ],
])('a row is refused with %s', (_, over, message) => {
  const row = Object.fromEntries(Object.entries({ ...ADMITTED, ...over }).filter(([, value]) => value !== undefined));
  expect(lines(admittedText(row)).join('\n')).toMatch(message);
});

test.each<[string, object, RegExp]>([
  ['a geography', { geography: 'eu' }, /geography: found 'eu', but 'acme\.model-9-v1:0' is a model, not a profile/],
  [
    'another model',
    { model: { ...ADMITTED_MODEL.model, id: 'acme.model-8' } },
    /model\.id: found 'acme\.model-8', but the row is about 'acme\.model-9-v1:0'/,
  ],
  [
    'Regions other than its own',
    { from: 'eu-north-1' },
    /regions: found eu-central-1, but a model without a profile is processed where it is called, in eu-north-1/,
  ],
  [
    'no inference on demand',
    { model: { ...ADMITTED_MODEL.model, inferenceTypes: [] } },
    /inferenceTypes: found an empty list: eu-central-1 doesn't serve 'acme\.model-9-v1:0' itself/,
  ],
])('the row of a model is refused with %s', (_, over, message) => {
  expect(lines(admittedText({ ...ADMITTED_MODEL, ...over })).join('\n')).toMatch(message);
});

test('a row is refused twice', () => {
  expect(lines(admittedText(ADMITTED, ADMITTED)).join('\n')).toMatch(
    /admitted\[1\]\.id: found 'eu\.acme\.model-9-v1:0' called from eu-central-1 a second time; remove one of the rows/,
  );
});

test('a narrower boundary refuses it', () => {
  const german = CONFIG.replace('boundary: eu', 'boundary: [DE]');
  expect(lines(admittedText(ADMITTED), ADMITTED_NOW, german).join('\n')).toMatch(
    /eu-north-1, Stockholm \(SE\), outside DE/,
  );
});

describe('what the facts know of retention', () => {
  const model = 'acme.model-9-v1:0';
  const retention = (days: number | null, underNone: 'served' | 'blocked' = 'served') =>
    new Facts({
      ...EMPTY,
      modelRetention: [
        {
          modelId: model,
          underNone,
          days,
          keeper: 'Acme',
          what: 'prompts',
          source: 's',
          asOf: '2026-11-01',
          confidence: 'high',
        },
      ],
    });
  const problems = (facts: Facts, over: object) =>
    checkRow({ ...ADMITTED, ...over }, ResidencyBoundary.eu(), facts, ADMITTED_NOW).map(({ text }) => text);

  test('a definite refusal always wins over a declaration', () => {
    for (const facts of [retention(30), retention(null, 'blocked')]) {
      expect(problems(facts, {})).toEqual([
        expect.stringMatching(
          /^found the number 0, but the provider of 'acme\.model-9-v1:0' may retain prompts .* and no row can take that back; remove 'retains': workspaces can use the model, projects can't$/,
        ),
      ]);
      expect(problems(facts, { retains: undefined })).toEqual([]);
    }
  });

  test('that nothing is retained needs no declaration', () => {
    expect(problems(retention(0), { retains: undefined })).toEqual([]);
  });

  test('a declared period serves workspaces, and no projects', () => {
    expect(lines(admittedText({ ...ADMITTED, retains: { days: 30, reason: 'terms' } })).join('\n')).toMatch(
      /projects\[0\]\.models\[0\]: found 'assistant', which 'eu\.acme\.model-9-v1:0' may serve, but a project requires that nothing is retained, and the provider of .* may retain requests and answers for up to 30 days/,
    );
  });
});

const EMPTY: FactTables = {
  profiles: [],
  onDemandModels: [],
  modelRetention: [],
  models: [],
  modelTraits: [],
  bedrockApis: [],
  hosts: [],
  providers: [],
};

describe('a layer', () => {
  const known: ModelFact = {
    modelId: NEXT,
    name: 'Model 9',
    maker: 'acme',
    kind: 'text',
    releasedAt: '2026-01-01',
    legacyFrom: null,
    endsAt: '2027-02-01',
    endsNotBefore: null,
    source: 's',
    asOf: '2026-01',
    confidence: 'high',
  };

  test('does not put off an end that the facts know', () => {
    const below = new Facts({ ...EMPTY, models: [known] }, [], () => ADMITTED_NOW);
    const [layer] = admittedLayers([ADMITTED], below);
    expect(layer?.models).toMatchObject([{ endsAt: '2027-02-01', releasedAt: '2026-01-01', legacyFrom: null }]);
  });

  test('takes the traits of a similar model', () => {
    const traits = { modelId: 'acme.model-8', sampling: 'one', maxOutput: 8_192 } as unknown as ModelTraitsFact;
    const row: ModelTraitsFact = { ...traits, asOf: '2026-01', source: 's', confidence: 'high' };
    const below = PACKAGED.with({ origin: { kind: 'release', version: 7 }, modelTraits: [row] });
    const [layer] = admittedLayers([{ ...ADMITTED, like: 'acme.model-8' }], below);
    expect(layer?.modelTraits).toMatchObject([
      { modelId: NEXT, sampling: 'one', maxOutput: 8_192, asOf: '2026-11-29' },
    ]);
    expect(layer?.modelTraits?.[0]).not.toHaveProperty('origin');
  });

  test('of a model admits it in its own Region only', () => {
    const facts = PACKAGED.with(...admittedLayers([ADMITTED_MODEL], PACKAGED)).at(() => ADMITTED_NOW);
    const decide = (region: string) => decideDestination(ResidencyBoundary.eu()._withFacts(facts), region, NEXT);
    expect(decide('eu-central-1')).toMatchObject({ inside: true });
    expect(decide('eu-north-1')).toMatchObject({ inside: false, reason: 'not-served' });
  });
});
