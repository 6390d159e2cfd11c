import { existsSync, readFileSync } from 'node:fs';
import { mutated, mutationsOf } from '../support/perimeter-mutations';
import { encodedVerdicts, evaluatedVerdicts } from './agreement/verdicts';
import { type FoundRow, ROWS, SEARCHED, WITHOUT_REQUEST } from './requests/rows';
import type { ProofSet } from './sets';

const rows: readonly FoundRow[] = existsSync(ROWS) ? JSON.parse(readFileSync(ROWS, 'utf8')) : [];
const HOW = 'the rows are of other documents; run npm run test:proof -- --write';

/** The rows of a set, each asked with one of its changes made. */
const changed = (set: ProofSet) => {
  const mutations = new Map(mutationsOf(set.documents).map((one) => [one.name, one]));
  return rows
    .filter((row) => row.set === set.name)
    .flatMap((row) =>
      row.after.map((name) => {
        const mutation = mutations.get(name);
        if (mutation === undefined) throw new Error(`no statement has the change '${name}': ${HOW}`);
        // Documents of the other kinds may deny it, too.
        const documents = mutated(set.documents, mutation).filter(({ kind }) => kind === mutation.document.kind);
        return {
          name,
          request: { ...row, set: { ...set, name, documents } },
          isAllowance: isAllowance(set, mutation.sid),
        };
      }),
    );
};

const isAllowance = ({ documents }: ProofSet, sid: string): boolean =>
  documents.some(({ content }) => content.Statement.some(({ Sid, Effect }) => Sid === sid && Effect === 'Allow'));

jest.setTimeout(300_000);

test.each(SEARCHED)('each removed or loosened statement has a row: $name', (set) => {
  const covered = new Set(rows.filter((row) => row.set === set.name).flatMap(({ after }) => after));
  const missing = mutationsOf(set.documents)
    .filter(({ kind, name }) => kind !== 'tightened' && !covered.has(name) && WITHOUT_REQUEST[name] === undefined)
    .map(({ name }) => `${name}: ${HOW}`);
  expect(missing).toEqual([]);
});

test.each(SEARCHED)('the evaluator and the encoding let each row through after its change only: $name', (set) => {
  const own = rows.filter((row) => row.set === set.name);
  const before = own.map((row) => ({ ...row, set }));
  const after = changed(set);
  expect(after.length).toBeGreaterThan(100);
  const removedAllowances = new Set(
    after.filter(({ name, isAllowance: one }) => one && name.endsWith(': removed')).map(({ name }) => name),
  );
  const evaluated = evaluatedVerdicts([...before, ...after.map(({ request }) => request)]);
  expect(evaluated.filter(({ problem }) => problem !== undefined)).toEqual([]);
  const wrong = after.filter(({ name }, index) => {
    const isAllowed = evaluated[before.length + index]?.isAllowed;
    return isAllowed === removedAllowances.has(name);
  });
  expect(
    wrong.map(({ name, request: { action, resource, context } }) => ({ name, action, resource, context })),
  ).toEqual([]);
  const allowedBefore = own.filter(
    (row, index) => evaluated[index]?.isAllowed && !row.after.some((name) => removedAllowances.has(name)),
  );
  expect(allowedBefore).toEqual([]);
  expect(encodedVerdicts(before)).toEqual(evaluated.slice(0, before.length).map(({ isAllowed }) => isAllowed));
});

test('every change without a row still exists', () => {
  const names = new Set(SEARCHED.flatMap(({ documents }) => mutationsOf(documents).map(({ name }) => name)));
  expect(Object.keys(WITHOUT_REQUEST).filter((name) => !names.has(name))).toEqual([]);
});
