import { readFileSync } from 'node:fs';
import { evaluatedVerdicts } from '../../perimeter-proof/agreement/verdicts';
import { type FoundRow, ROWS, SEARCHED } from '../../perimeter-proof/requests/rows';

const rows: readonly FoundRow[] = JSON.parse(readFileSync(ROWS, 'utf8'));

/** The allowance of the permissions boundary is the only one: without it, what was allowed isn't. */
const isAllowance = ({ after }: FoundRow): boolean => after.includes('BoundaryActions: removed');

test.each(SEARCHED)(
  'what the proof found for changed statements is denied by the unchanged ones: $name',
  (set) => {
    const own = rows.filter((row) => row.set === set.name && !isAllowance(row));
    expect(own.length).toBeGreaterThan(100);
    const verdicts = evaluatedVerdicts(own.map((row) => ({ ...row, set })));
    expect(own.filter((_, index) => verdicts[index]?.isAllowed || verdicts[index]?.problem)).toEqual([]);
  },
  120_000,
);
