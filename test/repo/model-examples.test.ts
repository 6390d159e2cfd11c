import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { daysUntil } from '@/lib/boundary/lifecycle';
import { PACKAGED } from '@/lib/facts/packaged';

const ROOT = path.join(__dirname, '../..');

/** The days that a model must have left when it is shown to users. */
const LEFT = 180;

/** The day on which the facts were last renewed; the time of the test's run plays no part. */
const FACTS = PACKAGED.at(() => new Date('2026-11-30'));

/** Pages that list models whatever their age, from the facts. */
const LISTS = ['COMPATIBILITY.md', 'FACTS-AGE.md'];

const examples = readdirSync(path.join(ROOT, 'examples'));
const pages = readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && !LISTS.includes(name));
const FILES = [
  'residency.yaml',
  'README.md',
  ...examples.map((name) => `examples/${name}/residency.yaml`).filter((file) => existsSync(path.join(ROOT, file))),
  ...pages.map((name) => `docs/${name}`),
];

const IDS = [
  ...FACTS.profiles.map(({ id, modelId }) => [id, modelId] as const),
  ...FACTS.models.map(({ modelId }) => [modelId, modelId] as const),
];

test.each(FILES)('%s names no model that ends within 180 days', (file) => {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const named = IDS.filter(([id]) => text.includes(id)).flatMap(([, modelId]) => FACTS.model(modelId ?? '') ?? []);
  const ends = (day: string | null) => day !== null && daysUntil(day, FACTS.today) < LEFT;
  const short = named.filter(
    ({ legacyFrom, endsAt, endsNotBefore }) => legacyFrom !== null || ends(endsAt) || ends(endsNotBefore),
  );
  expect([...new Set(short.map(({ modelId }) => modelId))]).toEqual([]);
});

test('the sample names models that the facts know', () => {
  const text = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
  expect(IDS.filter(([id]) => text.includes(id)).length).toBeGreaterThan(1);
});
