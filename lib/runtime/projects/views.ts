import { PROJECT_LIMITS, type ProjectLimits } from '../../contract/policies/gateway-policy';
import type { ProjectsPolicy } from '../../contract/policies/projects-policy';
import { narrowed } from '../gateway/open/admit-project';
import type { ListedProject } from './project-store';
import { LIMIT_NAMES } from './requests';

/** A project as the API shows it. Its models and limits are those that apply: never more than what is declared. */
export interface ShownProject {
  readonly id: string;
  readonly object: 'project';
  readonly state: 'open' | 'ended' | 'unreadable';
  readonly name: string | null;
  readonly models: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly created_at: string | null;
  readonly capped_at: string | null;
  readonly ended_at: string | null;
}

/** How the API shows projects under a policy. */
export const shownBy =
  ({ models, limits }: Pick<ProjectsPolicy, 'models' | 'limits'>) =>
  (project: ListedProject): ShownProject => {
    if ('isUnreadable' in project) return { ...NOTHING, id: project.id, state: 'unreadable' };
    const { id, name, created, capped, ended } = project;
    return {
      id,
      object: 'project',
      state: ended === undefined ? 'open' : 'ended',
      name: name ?? null,
      models: models.filter((model) => project.models?.includes(model) ?? true),
      limits: limitsIn(narrowed(limits, project.limits)),
      created_at: created.toISOString(),
      capped_at: capped?.toISOString() ?? null,
      ended_at: ended?.toISOString() ?? null,
    };
  };

const NOTHING = {
  object: 'project',
  name: null,
  models: [],
  limits: {},
  created_at: null,
  capped_at: null,
  ended_at: null,
} as const;

const limitsIn = (limits: ProjectLimits): Record<string, number> =>
  Object.fromEntries(
    PROJECT_LIMITS.flatMap((limit) => (limits[limit] === undefined ? [] : [[LIMIT_NAMES[limit], limits[limit]]])),
  );
