import type { ProjectLimits } from '../../contract/policies/gateway-policy';
import type { OpenProject } from '../gateway/open/open-project';
import type { StoredProject } from '../gateway/open/project-item';

/** A row of a list: a project, or the ID of a row that can't be read as one. */
export type ListedProject = OpenProject | { readonly id: string; readonly isUnreadable: true };

/** A store of open projects. Every change is atomic. */
export interface ProjectStore {
  /**
   * A project, even if it has ended; undefined if it never existed.
   *
   * @throws UnreadableProject if what is stored isn't a project
   */
  find(id: string): Promise<StoredProject | undefined>;
  /** Projects in the order of their IDs, and whether there are more. */
  page(limit: number, after?: string): Promise<{ readonly projects: readonly ListedProject[]; readonly more: boolean }>;
  /**
   * Stores a new project, unless there are as many that haven't ended as `maximum`.
   *
   * @returns what came of it; `taken` if the ID was ever used
   */
  create(stored: StoredProject, maximum: number): Promise<'created' | 'taken' | 'full'>;
  /** Replaces the limits of a project. False if there is none, or it has ended. */
  cap(id: string, limits: ProjectLimits, at: Date): Promise<boolean>;
  /** Ends a project. False if there is none, or it has ended before. */
  end(id: string, at: Date): Promise<boolean>;
}

/** The error of a change that other changes kept from happening. It can be repeated. */
export class Contended extends Error {
  public override readonly name = 'Contended';
}
