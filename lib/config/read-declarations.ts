import { ResidencyBoundary } from '../boundary/boundary';
import type { Declarations } from '../guard/declarations/declarations';
import { checkExceptions } from './checks/exceptions';
import { checkPlaces } from './checks/places';
import { type Partly, present, valueAt } from './read/draft';
import type { Problem } from './read/problem';
import { readBoundary } from './read-boundary';
import type { DeclarationsFile } from './schema/declarations-schema';

/** A file before its declarations are checked. */
interface Written {
  readonly raw: unknown;
  /** Its valid parts. */
  readonly draft: Partly<DeclarationsFile>;
  /** The problems of its shape. */
  readonly problems: readonly Problem[];
  readonly file: string;
  readonly lineOf: (path: Problem['path']) => number;
}

/**
 * The declarations of a file, and every mistake in them. An exception without a reason, approver or expiry date isn't a
 * mistake of the file: the guard reports it, so that every output shows it.
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
