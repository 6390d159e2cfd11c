import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Copy, missed } from '../mutation/renames/copy';
import { labelOf, POLICY_FILES, RENAMES, type Rename, type Side } from '../mutation/renames/renames';

const POLICIES = 'lib/contract/policies';

/** One of each kind of writer and reader; `npm run test:mutation` makes them all. */
const SAMPLES: readonly (readonly [name: string, side: Side])[] = [
  ['gateway maxReadingAgeHours', 'contract'],
  ['SUSPENSIONS_TABLE_ARN', 'contract'],
  ['gateway furtherRegions', 'constructs'],
  ['members isShared', 'constructs'],
  ['READINGS_TABLE_ARN', 'constructs'],
  ['HOOK_DECLARATIONS', 'constructs'],
  ['RETENTION_DAYS', 'constructs'],
  ['gateway windowTokens', 'runtime'],
  ['settings throughProfile', 'runtime'],
  ['hook declarations', 'runtime'],
  ['EVIDENCE_BUCKET', 'runtime'],
];

const renameOf = (name: string, side: Side): Rename =>
  RENAMES.find((rename) => rename.name === name && rename.side === side) as Rename;

test('each policy of the contract has its keys renamed', () => {
  const files = readdirSync(path.join(__dirname, '../..', POLICIES)).map((file) => `${POLICIES}/${file}`);
  expect([...POLICY_FILES, `${POLICIES}/policies.ts`].sort()).toEqual(files.sort());
});

test('each key and each variable has a place to rename it at on each side', () => {
  expect(RENAMES.filter(({ sites }) => sites.length === 0).map(labelOf)).toEqual([]);
  expect(RENAMES.map(({ name }) => name)).toEqual(expect.arrayContaining(SAMPLES.map(([name]) => name)));
});

describe('in a copy', () => {
  let copy: Copy;

  beforeAll(() => {
    copy = new Copy();
  });
  afterAll(() => copy.remove());

  test('the code compiles as it is', async () => {
    const refusals = SAMPLES.flatMap(([name, side]) => renameOf(name, side).refusals);
    expect(await copy.refusing({ sites: [], refusals })).toEqual([]);
  }, 120_000);

  test.each(SAMPLES)(
    '%s renamed in %s alone does not compile',
    async (name, side) => {
      const rename = renameOf(name, side);
      expect(missed(rename, await copy.refusing(rename))).toEqual([]);
    },
    120_000,
  );
});
