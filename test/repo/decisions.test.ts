import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '../../docs/decisions');
const pages = readdirSync(FOLDER);

test('each decision has a unique number, the same number in its heading, and a date', () => {
  const numbers = pages.map((page) => page.slice(0, 4));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  for (const page of pages) {
    const text = readFileSync(path.join(FOLDER, page), 'utf8');
    expect([page, text.split('\n')[0]]).toEqual([
      page,
      expect.stringMatching(new RegExp(`^# ${Number(page.slice(0, 4))}\\. `)),
    ]);
    expect([page, text]).toEqual([page, expect.stringMatching(/\n20\d\d-\d\d-\d\d, (?:accepted|superseded)/)]);
  }
});
