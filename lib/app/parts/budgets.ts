import type { WorkspaceConfig } from '../../config/model/config';
import type { WorkspaceProps } from '../../constructs/tenants/workspace-props';

/** The budgets of groups and courses of a workspace; nothing where the file declares none. */
export function budgetsOf(
  groups: WorkspaceConfig['groups'],
  courses: WorkspaceConfig['courses'],
): Pick<WorkspaceProps, 'budgets'> {
  if (groups === undefined && courses === undefined) return {};
  return {
    budgets: {
      groups: groups && [...groups],
      courses: courses?.map(({ id, models, ...course }) => ({
        courseId: id,
        models: models && [...models],
        ...course,
      })),
    },
  };
}
