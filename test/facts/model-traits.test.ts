import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MODEL_TRAITS } from '@/lib/facts/generated/model-traits';
import { SOURCES } from '@/lib/facts/generated/sources';
import { PACKAGED } from '@/lib/facts/packaged';
import { wrongTables } from '@/lib/facts/row-forms';
import { traitsOf } from '@/lib/facts/traits';

const { traits: rows } = JSON.parse(
  readFileSync(path.join(__dirname, '../../lib/facts/source/models.json'), 'utf8'),
) as { traits: { modelId: string; source: string; fieldSources: object; fieldConfidence: Record<string, string> }[] };

test('each row has the form that a facts release must have', () => {
  expect(MODEL_TRAITS).toHaveLength(rows.length);
  expect(wrongTables({ modelTraits: MODEL_TRAITS })).toBeUndefined();
});

test('each row and each field names a source that the package lists', () => {
  const named = rows.flatMap(({ source, fieldSources }) => [source, ...Object.values(fieldSources)]);
  expect(named.filter((source) => !Object.hasOwn(SOURCES, source))).toEqual([]);
});

test('each model has one row', () => {
  const ids = MODEL_TRAITS.map(({ modelId }) => modelId);
  expect(new Set(ids).size).toBe(ids.length);
});

const allowing = { effort: null, structuredOutput: false, tools: false, forcedTools: 'none', cachePoints: null };

test.each(Object.entries(allowing))('%s of low confidence allows nothing', (field, nothing) => {
  const doubtful = rows.filter(({ fieldConfidence }) => fieldConfidence[field] === 'low').map(({ modelId }) => modelId);
  expect(doubtful.length).toBeGreaterThan(0);
  const values = MODEL_TRAITS.filter(({ modelId }) => doubtful.includes(modelId)).map(
    (row) => row[field as keyof typeof allowing],
  );
  expect(values).toEqual(doubtful.map(() => nothing));
});

test("a newer row of a layer replaces the package's", () => {
  const [row] = MODEL_TRAITS.filter(({ modelId }) => modelId === 'openai.gpt-oss-120b-1:0');
  if (row === undefined) throw new Error('the model has a row');
  const newer = { ...row, asOf: '2027-01-01', stopSequences: 4 };
  const facts = PACKAGED.with({ origin: { kind: 'release', version: 1 }, modelTraits: [newer] });
  expect(traitsOf(facts, row.modelId)).toMatchObject({ stopSequences: 4, origin: { kind: 'release' } });
  expect(traitsOf(PACKAGED, row.modelId)).toMatchObject({ stopSequences: 0 });
});

test('a row of low confidence is no trait', () => {
  const { modelId = '' } = MODEL_TRAITS.find(({ confidence }) => confidence === 'low') ?? {};
  expect(traitsOf(PACKAGED, modelId)).toBeUndefined();
  expect(traitsOf(PACKAGED, 'openai.gpt-oss-120b-1:0')).toMatchObject({
    stopSequences: 0,
    effort: { by: 'reasoning-effort' },
  });
});
