import { readFileSync } from 'node:fs';
import path from 'node:path';
import { proposals } from '@/lib/evidence/tender/against';
import { ANSWERS } from '@/lib/evidence/tender/answers';
import { readCsv } from '@/lib/evidence/tender/requirements/read-csv';
import { requirementsOf } from '@/lib/evidence/tender/requirements/requirements';
import { LISTS } from './lists/sources';

const FACTS = { attested: new Map(), titles: new Map(), date: '2026-11-30' };

/** A list, and which answers fit each requirement by reading. */
function read(file: string) {
  const text = readFileSync(path.join(__dirname, 'lists', `${file}.csv`), 'utf8');
  const [, ...rows] = readCsv(text);
  const fits = new Map(rows.map(([id, , answers]) => [id?.text, answers?.text.split(' ') ?? []]));
  return { proposed: proposals(requirementsOf(text), FACTS), fits };
}

test('five lists are from public tenders', () => {
  expect(LISTS.filter(({ kind }) => kind === 'tender')).toHaveLength(5);
});

describe.each(LISTS)('$file', ({ file }) => {
  const { proposed, fits } = read(file);

  test('at least 60 % of the requirements have a proposal with a pointer', () => {
    const answered = proposed.filter(({ answers }) => answers.some(({ pointers }) => pointers.length > 0));
    expect(answered.length / proposed.length).toBeGreaterThanOrEqual(0.6);
  });

  test('each proposal fits the requirement by reading', () => {
    const misfits = proposed.flatMap(({ id, answers }) =>
      answers.filter((answer) => !fits.get(id)?.includes(answer.id)).map((answer) => `${id}: ${answer.id}`),
    );
    expect(misfits).toEqual([]);
    expect([...fits.values()].flat().filter((id) => id !== '-' && !(id in ANSWERS))).toEqual([]);
  });
});
