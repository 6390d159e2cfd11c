import { ResidencyBoundary } from '../boundary/boundary';
import type { Declarations } from '../guard/declarations/declarations';
import { checkExceptions } from './checks/exceptions';
import { checkPlaces } from './checks/places';
import { type Partly, present, valueAt } from './read/draft';
import type { Problem } from './read/problem';
import { readBoundary } from './read-boundary';
import type { DeclarationsFile } from './schema/declarations-schema';

/** What a file is read from. */
interface Written {
  readonly raw: unknown;
  /** What is right of it. */
  readonly draft: Partly<DeclarationsFile>;
  /** What is wrong with its shape. */
  readonly problems: readonly Problem[];
  readonly file: string;
  readonly lineOf: (path: Problem['path']) => number;
}

/**
 * What an owner declares in a file, and every mistake of it. An exception without reason, approver or last day isn't a
 * mistake of the file: the guard reports it, so that it shows in every output.
 */
export function readDeclared({ raw, draft, problems, file, lineOf }: Written): {
  readonly declarations: Declarations;
  readonly problems: readonly Problem[];
} {
  const boundaries = present(draft.boundaries).map(([index, row]) => {
    const path = ['boundaries', index, 'boundary'];
    return { stack: row.stack ?? '', path, boundary: readBoundary(valueAt(raw, path)) };
  });
  return {
    declarations: {
      exceptions: present(draft.exceptions).map(([index, row]) => ({
        ...without(row),
        rule: row.rule ?? '',
        reason: row.reason ?? '',
        approver: row.approver ?? '',
        expires: row.expires ?? '',
        declaredAt: { file, line: lineOf(['exceptions', index]) },
      })),
      places: present(draft.places).map(([, row]) => ({
        ...row,
        country: row.country ?? '',
        reason: row.reason ?? '',
      })),
      boundaries: boundaries.flatMap(({ stack, boundary }) =>
        boundary instanceof ResidencyBoundary ? [{ stack, boundary: boundary.name }] : [],
      ),
    },
    problems: [
      ...problems.filter(({ path }) => !isLeftOpen(path, raw)),
      ...checkExceptions(draft),
      ...checkPlaces(draft),
      ...boundaries.flatMap(({ path, boundary }) =>
        boundary instanceof ResidencyBoundary
          ? []
          : boundary.map((problem) => ({ ...problem, path: [...path, ...problem.path.slice(1)] })),
      ),
    ],
  };
}

const ANSWERS = ['reason', 'approver', 'expires'];

function isLeftOpen(path: Problem['path'], raw: unknown): boolean {
  if (path.length !== 3 || path[0] !== 'exceptions' || !ANSWERS.includes(String(path[2]))) return false;
  const value = valueAt(raw, path);
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

type Row = Partly<NonNullable<DeclarationsFile['exceptions']>[number]>;

function without({ types, ...row }: Row) {
  return types === undefined ? row : { ...row, types: present(types).map(([, type]) => type) };
}
