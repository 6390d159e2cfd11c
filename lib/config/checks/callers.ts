import { type Draft, type Partly, present } from '../read/draft';
import type { Path } from '../read/problem';

/** What the file says about declared projects and about open ones. */
type Written = NonNullable<Draft['projects']>;
type WrittenMapping = Exclude<Written, readonly unknown[]>;

/** A declared project of a file. */
export type DeclaredProject = NonNullable<Extract<Written, readonly unknown[]>[number]>;

/** What the file permits to open projects. */
export type OpenProjects = NonNullable<WrittenMapping['open']>;

const isList = (written: Written): written is Extract<Written, readonly unknown[]> => Array.isArray(written);

/** The declared projects of a file, each with its path. */
export function declaredProjects({ projects }: Draft): [Path, DeclaredProject][] {
  if (projects === undefined) return [];
  const [path, list]: [Path, readonly (DeclaredProject | undefined)[] | undefined] = isList(projects)
    ? [['projects'], projects]
    : [['projects', 'declared'], projects.declared];
  return present(list).map(([index, project]) => [[...path, index], project]);
}

/** What the file permits to open projects, with its path; undefined if it has none. */
export function openProjects({ projects }: Draft): [Path, OpenProjects] | undefined {
  if (projects === undefined || isList(projects) || projects.open === undefined) return undefined;
  return [['projects', 'open'], projects.open];
}

/** Everything whose callers have API keys: the declared projects, and the open ones together. */
export function callers(draft: Draft): [Path, Partly<Pick<DeclaredProject & OpenProjects, 'models' | 'guardrail'>>][] {
  const open = openProjects(draft);
  return [...declaredProjects(draft), ...(open ? [open] : [])];
}
