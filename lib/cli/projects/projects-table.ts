import { visible } from '../../html/visible';
import { columns } from '../../report/columns';
import type { Shown } from '../administration/admin-request';
import { tableWidth } from '../shared/table-width';

const HEADINGS = ['id', 'state', 'limits', 'models', 'name'];

/** Projects as a table for people. */
export function projectsTable(projects: readonly Shown[]): string {
  const rows = projects.map(({ id, state, limits, models, name }) => [
    `${id}`,
    `${state}`,
    Object.entries((limits ?? {}) as object)
      .map(([limit, value]) => `${limit} ${value}`)
      .join(', '),
    Array.isArray(models) ? models.join(', ') : '',
    visible(`${name ?? ''}`),
  ]);
  return columns([HEADINGS, ...rows], tableWidth()).join('\n');
}
