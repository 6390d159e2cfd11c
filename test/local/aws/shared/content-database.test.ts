import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ContentDatabase } from '@/lib/local/aws/shared/content-database';

const folder = mkdtempSync(path.join(tmpdir(), 'content-'));
const file = path.join(folder, 'content.sqlite');
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes pairs until it is killed, and reports each written pair. */
const WRITER = `
  const { ContentDatabase } = require(${JSON.stringify(path.join(__dirname, '../../../../lib/local/aws/shared/content-database.ts'))});
  const database = ContentDatabase.open(${JSON.stringify(file)});
  for (let n = 1; ; n++) {
    database.together(() => {
      for (const half of ['a', 'b']) {
        database.run('INSERT INTO item (tbl, pk, sk, item) VALUES (?, ?, ?, ?)', 't', String(n), half, 'x'.repeat(5000));
      }
    });
    process.stdout.write(n + '\\n');
  }
`;

test('a process that is killed during writes loses no acknowledged write and leaves no partial one', async () => {
  const script = path.join(folder, 'writer.cjs');
  writeFileSync(script, WRITER);
  const writer = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: path.join(__dirname, '../../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  let told = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    told = Number(line);
    if (told === 100) writer.kill('SIGKILL');
  }
  expect(told).toBeGreaterThanOrEqual(100);
  rmSync(`${file}.lock`, { recursive: true, force: true });
  const database = ContentDatabase.open(file);
  const pairs = database.all('SELECT pk, count(*) AS halves FROM item GROUP BY pk');
  database.close();
  expect(pairs.length).toBeGreaterThanOrEqual(told);
  expect(pairs.filter(({ halves }) => Number(halves) !== 2)).toEqual([]);
}, 60_000);

test('a file of another version is refused with instructions', () => {
  const other = path.join(folder, 'other.sqlite');
  writeFileSync(other, 'this is no database, and long enough for SQLite to see that it is none'.repeat(50));
  expect(() => ContentDatabase.open(other)).toThrow("isn't a content file of this version; move it away");
});

test('a failure within a change rolls back all of it', () => {
  const database = ContentDatabase.open(path.join(folder, 'back.sqlite'));
  const put = (sk: string) => database.run("INSERT INTO item (tbl, pk, sk, item) VALUES ('t', 'p', ?, '{}')", sk);
  expect(() =>
    database.together(() => {
      put('a');
      database.together(() => put('b'));
      put('a');
    }),
  ).toThrow();
  expect(database.all('SELECT * FROM item')).toEqual([]);
  put('a');
  put('b');
  expect(database.all('SELECT sk FROM item')).toEqual([{ sk: 'a' }, { sk: 'b' }]);
  database.close();
});

test('what was read or written is nowhere in the folder after it was deleted and purged, while the database is open', () => {
  const own = path.join(folder, 'purged');
  mkdirSync(own);
  const database = ContentDatabase.open(path.join(own, 'content.sqlite'));
  for (const sk of ['a', 'b', 'c']) {
    database.run("INSERT INTO item (tbl, pk, sk, item) VALUES ('t', 'p', ?, ?)", sk, `secret of ${sk}`);
  }
  expect(database.get("SELECT item FROM item WHERE tbl = 't' AND pk = 'p' AND sk = ?", 'a')).toEqual({
    item: 'secret of a',
  });
  expect(database.get("SELECT item FROM item WHERE tbl = 't'")).toEqual({ item: 'secret of a' });
  const files = () => readdirSync(own, { withFileTypes: true }).filter((entry) => entry.isFile());
  const holds = () => files().some(({ name }) => readFileSync(path.join(own, name)).includes('secret of'));
  expect(holds()).toBe(true);
  database.run('DELETE FROM item');
  database.purge();
  expect(holds()).toBe(false);
  database.close();
});
