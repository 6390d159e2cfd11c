import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Proposal, proposals } from '@/lib/evidence/tender/against';
import { ANSWERS } from '@/lib/evidence/tender/answers';
import { readCsv } from '@/lib/evidence/tender/requirements/read-csv';
import { requirementsOf } from '@/lib/evidence/tender/requirements/requirements';
import { tenderPage } from '@/scripts/pages/tender-page';
import { LISTS } from './lists/sources';

const FACTS = { attested: new Map(), titles: new Map(), date: '2026-11-30' };

/** A list, and which answers fit each requirement by reading. */
function read(file: string) {
  const text = readFileSync(path.join(__dirname, 'lists', `${file}.csv`), 'utf8');
  const [, ...rows] = readCsv(text);
  const fits = new Map(rows.map(([id, , answers]) => [id?.text, answers?.text.split(' ') ?? []]));
  return { proposed: proposals(requirementsOf(text), FACTS), fits };
}

test('five lists are from buyers, and at least 60 % of their requirements have a proposal with a pointer', () => {
  const ofBuyers = LISTS.filter(({ kind }) => kind !== 'questions');
  expect(ofBuyers.map(({ kind }) => kind)).toEqual(['notice', 'notice', 'notice', 'interest', 'announced']);
  const all = ofBuyers.flatMap(({ file }) => read(file).proposed);
  expect(answeredOf(all).length / all.length).toBeGreaterThanOrEqual(0.6);
  expect(tenderPage.render().replaceAll('\n', ' ')).toContain(
    `${answeredOf(all).length} of their ${all.length} requirements have a proposal, in the announced procurement 3 of 7.`,
  );
});

const answeredOf = (proposed: readonly Proposal[]) =>
  proposed.filter(({ answers }) => answers.some(({ pointers }) => pointers.length > 0));

describe.each(LISTS)('$file', ({ file, proposed: expected }) => {
  const { proposed, fits } = read(file);

  test('as many requirements have a proposal with a pointer as its source says', () => {
    expect(answeredOf(proposed)).toHaveLength(expected);
  });

  test('each proposal fits the requirement by reading', () => {
    const misfits = proposed.flatMap(({ id, answers }) =>
      answers.filter((answer) => !fits.get(id)?.includes(answer.id)).map((answer) => `${id}: ${answer.id}`),
    );
    expect(misfits).toEqual([]);
    expect([...fits.values()].flat().filter((id) => id !== '-' && !(id in ANSWERS))).toEqual([]);
  });
});
