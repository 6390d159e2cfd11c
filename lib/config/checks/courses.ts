import { didYouMean } from '../../boundary/nearest';
import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';
import type { Check } from './check';

type Workspace = Partly<NonNullable<ResidencyFile['workspaces']>[number]>;

/** Courses have members' keys, ids and groups of their own, and models of their workspace. */
export const checkCourses: Check = ({ draft }) =>
  present(draft.workspaces).flatMap(([index, workspace]): Problem[] => {
    const at: Path = ['workspaces', index];
    return [...keyProblems(workspace, at), ...repeated(workspace, at), ...modelProblems(workspace, at)];
  });

function keyProblems({ courses, keys }: Workspace, at: Path): Problem[] {
  if (courses === undefined || keys !== undefined) return [];
  const text =
    "needs 'keys', because only a member's API key charges a course; add 'keys: {}' to the workspace, or remove it";
  return [{ path: [...at, 'courses'], text, atKey: true }];
}

function repeated({ courses, groups }: Workspace, at: Path): Problem[] {
  const named = [
    ...present(courses).map(([index, { id }]) => ({
      path: [...at, 'courses', index, 'id'],
      name: id,
      list: 'courses',
    })),
    ...present(groups).map(([index, { name }]) => ({ path: [...at, 'groups', index, 'name'], name, list: 'groups' })),
  ];
  return named.flatMap(({ path, name, list }, index) => {
    if (name === undefined) return [];
    const isSecond = named.findIndex((other) => other.list === list && other.name === name) < index;
    const fix = 'give each its own, because its use is counted by it';
    return isSecond ? [{ path, text: `found '${name}' a second time; ${fix}` }] : [];
  });
}

function modelProblems({ courses, models }: Workspace, at: Path): Problem[] {
  // A model that is invalid may be the intended one.
  const known = models?.flatMap((id) => id ?? []) ?? [];
  if (known.length === 0 || known.length !== models?.length) return [];
  return present(courses).flatMap(([index, course]) =>
    present(course.models)
      .filter(([, id]) => !known.includes(id))
      .map(([position, id]) => ({
        path: [...at, 'courses', index, 'models', position],
        text: `found '${id}', which isn't a model of the workspace; allowed: ${known.join(', ')}${didYouMean(id, known)}`,
      })),
  );
}
