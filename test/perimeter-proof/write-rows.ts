import { writeFileSync } from 'node:fs';
import { search } from './requests/find';
import { ROWS, rowsOf, SEARCHED, WITHOUT_REQUEST } from './requests/rows';

/** Searches a request for each changed statement, and writes them. @throws if a change has none without a reason */
export function writeRows(): void {
  const rows = SEARCHED.flatMap((set) => {
    const { found, unnoticed } = search(set);
    const unexplained = unnoticed.filter(({ name }) => WITHOUT_REQUEST[name] === undefined).map(({ name }) => name);
    if (unexplained.length > 0)
      throw new Error(
        `no request of ${set.name} notices these changes: ${unexplained.join('; ')}; state a promise that needs them, or a reason in WITHOUT_REQUEST`,
      );
    return rowsOf(set, found);
  });
  writeFileSync(ROWS, `${JSON.stringify(rows, null, 1)}\n`);
  console.log(`${rows.length} rows`);
}
