import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Proposal, proposals } from '@/lib/evidence/tender/against';
import { ANSWERS } from '@/lib/evidence/tender/answers';
import { STATUSES } from '@/lib/evidence/tender/model/answer';
import { readCsv } from '@/lib/evidence/tender/requirements/read-csv';
import { requirementsOf } from '@/lib/evidence/tender/requirements/requirements';
import { STATUS_TEXT } from '@/lib/evidence/tender/status-text';
import { tenderPage } from '@/scripts/pages/tender-page';
import { LISTS } from './lists/sources';

const FACTS = { attested: new Map(), titles: new Map(), date: '2026-11-30' };

/** A list, and the status and the answers that fit each requirement by reading. */
function read(file: string) {
  const text = readFileSync(path.join(__dirname, 'lists', `${file}.csv`), 'utf8');
  const [, ...rows] = readCsv(text);
  const byReading = new Map(
    rows.map(([id, , status, answers]) => [
      id?.text,
      { status: status?.text ?? '', fits: answers?.text.split(' ') ?? [] },
    ]),
  );
  return { proposed: proposals(requirementsOf(text), FACTS), byReading };
}

const isAnswered = ({ status }: Proposal) => status !== 'unanswered';

test('five lists are from buyers, and the page says how many of their requirements have which status', () => {
  const ofBuyers = LISTS.filter(({ kind }) => kind !== 'questions');
  expect(ofBuyers.map(({ kind }) => kind)).toEqual(['notice', 'notice', 'notice', 'interest', 'announced']);
  const all = ofBuyers.flatMap(({ file }) => read(file).proposed);
  const answered = all.filter(isAnswered);
  expect(answered.length / all.length).toBeGreaterThanOrEqual(0.6);
  const split = [...STATUSES, 'to-check' as const]
    .map((status) => [status, all.filter((one) => one.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${STATUS_TEXT[status]}`);
  const page = tenderPage.render().replaceAll('\n', ' ');
  expect(page).toContain(
    `${answered.length} of their ${all.length} requirements have a proposal: ${split.join(', ')}.`,
  );
});

describe.each(LISTS)('$file', ({ file, proposed: expected }) => {
  const { proposed, byReading } = read(file);

  test('as many requirements have a proposal as its source says', () => {
    expect(proposed.filter(isAnswered)).toHaveLength(expected);
  });

  test('each proposal fits the requirement by reading', () => {
    const misfits = proposed.flatMap(({ id, answers }) =>
      answers.filter((answer) => !byReading.get(id)?.fits.includes(answer.id)).map((answer) => `${id}: ${answer.id}`),
    );
    expect(misfits).toEqual([]);
    const named = [...byReading.values()].flatMap(({ fits }) => fits);
    expect(named.filter((id) => id !== '-' && !(id in ANSWERS))).toEqual([]);
  });

  test('no status is better than by reading, and only that of the seat of a provider is worse', () => {
    const others = proposed.filter(
      ({ id, status }) => status !== byReading.get(id)?.status && !['to-check', 'unanswered'].includes(status),
    );
    expect(others.map(({ id, status }) => `${id}: ${status}`)).toEqual(file === 'catalogues' ? ['T14: not-met'] : []);
  });
});

test.each([
  // Statements that data stays are about metadata too, as those that it doesn't leave.
  ['Data must stay in the EU', 'not-met', 'place.storage place.no-fallback place.metadata'],
  ['Data must not leave the EU.', 'not-met', 'place.no-fallback place.metadata'],
  [
    'Die Daten müssen in der Europäischen Union verbleiben.',
    'not-met',
    'place.storage place.no-fallback place.metadata',
  ],
  ['Die Daten dürfen die EU nicht verlassen.', 'not-met', 'place.no-fallback place.metadata'],
  ["Les données restent dans l'UE.", 'not-met', 'place.storage place.no-fallback place.metadata'],
  ['Customer data must be stored in the European Union.', 'provided', 'place.storage'],
  ['Customer data is hosted in Europe.', 'provided', 'place.storage'],
  ['Die Daten werden in der EU gespeichert', 'provided', 'place.storage'],
  ['Data is stored on EU servers.', 'provided', 'place.storage'],
  ['Data is stored in AWS Regions of the EU.', 'provided', 'place.storage'],
  ['Data is stored in EU Regions and EU data centres.', 'provided', 'place.storage'],
  ['Data is stored in EU format.', 'to-check', 'place.storage'],
  ['Data is stored in EU Regions format.', 'to-check', 'place.storage'],
  ['Daten werden in der EU durch AWS gespeichert.', 'provided', 'place.storage'],
  ['Die Daten werden in einem Rechenzentrum in Europa gespeichert.', 'provided', 'place.storage'],
  ["Les données sont hébergées sur le territoire de l'Union.", 'provided', 'place.storage'],
  ['Die Server stehen in der EU.', 'provided', 'place.storage'],
  ['Les données sont conservées dans l’Espace économique européen.', 'provided', 'place.storage'],
  ['Die Daten werden in der EU verarbeitet.', 'provided', 'place.processing'],
  ['Le traitement des données est réalisé dans l’UE.', 'provided', 'place.processing'],
  ['Keine Übermittlung in Drittländer', 'not-met', 'place.no-fallback place.metadata'],
  ['Personenbezogene Daten sind auf Verlangen zu löschen', 'provided', 'content.erasure'],
  ['Personal data must be deleted on request.', 'provided', 'content.erasure'],
  ['Les données à caractère personnel sont effacées sur demande.', 'provided', 'content.erasure'],
  ['Nutzer können ihre Daten exportieren.', 'provided', 'content.export'],
  ['Les utilisateurs peuvent exporter leurs données.', 'provided', 'content.export'],
  ['Data must be encrypted.', 'provided', 'keys.member'],
  ['Daten müssen verschlüsselt sein.', 'provided', 'keys.member'],
  ['Les données sont chiffrées.', 'provided', 'keys.member'],
  ['Eingaben dürfen nicht zum Training verwendet werden.', 'to-check', 'models.no-training'],
  ['Les données ne servent pas à l’entraînement des modèles.', 'to-check', 'models.no-training'],
  ['Prompts must not be stored by the model provider.', 'to-check', 'models.no-retention'],
  ['An administrator can set budgets per user.', 'provided', 'operations.limits'],
  ['AI-generated content is labelled.', 'provided', 'models.marking'],
  ['Un support technique est fourni.', 'customer', 'operations.support'],
])('a plain requirement has the status and the answers of its subject: %s', (text, status, expected) => {
  const [proposal] = proposals([{ id: '1', text }], FACTS);
  expect([proposal?.status, proposal?.answers.map(({ id }) => id).sort()]).toEqual([
    status,
    expected.split(' ').sort(),
  ]);
});

test.each([
  ['words', 'must be stored in the EU by the provider '],
  ['beginnings of a choice', 'either '],
  ['letters', 'a'],
])('a requirement of 200,000 %s is read in less than ten seconds of processor time', (_, part) => {
  const before = process.cpuUsage();
  proposals([{ id: '1', text: `Data ${part.repeat(200_000 / part.trim().split(' ').length)}` }], FACTS);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(10);
});

test('requirements that contain the words of an answer and ask for something else are not answered with yes', () => {
  const text = readFileSync(path.join(__dirname, 'lists', 'misleading.csv'), 'utf8');
  const all = proposals(requirementsOf(text), FACTS);
  const claimed = all.filter(({ status }) => ['provided', 'inherited'].includes(status));
  // Their subject has the answer; "country", "email" and "employee" are what it doesn't cover, and names are only in "Remaining".
  expect(claimed.map(({ id }) => id)).toEqual(['K31', 'N41', 'N50', 'N67']);
  const page = tenderPage.render().replaceAll('\n', ' ');
  expect(page).toContain(`Another test has ${all.length} requirements`);
  expect(page).toContain(`${claimed.length} of them are still proposed as provided`);
});
