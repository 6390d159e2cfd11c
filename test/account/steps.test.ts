import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, 'steps');
const page = readFileSync(path.join(__dirname, '../../docs/ACCOUNT-TEST.md'), 'utf8');

test('the page has a row for each step, and no other', () => {
  const files = readdirSync(FOLDER).filter((name) => !['all.ts', 'by-hand.ts'].includes(name));
  const ids = files.flatMap((name) =>
    [...readFileSync(path.join(FOLDER, name), 'utf8').matchAll(/^ {2}id: '([a-z-]+)'/gm)].map(([, id]) => id),
  );
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(10);
  expect(rows.sort()).toEqual(ids.sort());
});
