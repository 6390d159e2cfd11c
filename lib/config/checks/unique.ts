import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { Check } from './check';

type Named = Partly<{ id: string }>;

/** No model has another's id, and no workspace or project has that of another workspace or project. */
export const checkUniqueIds: Check = ({ draft }) => [
  ...repeated(ids('models', draft.models), 'give each model its own id'),
  ...repeated(
    [...ids('workspaces', draft.workspaces), ...ids('projects', draft.projects)],
    'workspaces and projects share one set of ids, because resources are named after them',
  ),
];

/** No list of plain values names one twice. */
export const checkUniqueEntries: Check = ({ draft }) => {
  const lists: [Path, readonly (string | undefined)[] | undefined][] = [
    [['alerts'], Array.isArray(draft.alerts) ? draft.alerts : []],
    [['network', 'vpc', 'isolatedSubnetIds'], draft.network?.vpc?.isolatedSubnetIds],
    ...Object.entries(draft.network?.zones ?? {}).map(
      ([region, zones]): [Path, readonly (string | undefined)[] | undefined] => [['network', 'zones', region], zones],
    ),
    ...tenants(draft.workspaces, 'workspaces'),
    ...present(draft.workspaces).map(
      ([index, { reportGroups }]): [Path, readonly (string | undefined)[] | undefined] => [
        ['workspaces', index, 'reportGroups'],
        reportGroups,
      ],
    ),
    ...tenants(draft.projects, 'projects'),
  ];
  return lists.flatMap(([path, list]) => {
    const entries = present(list).map(([index, value]): [Path, string] => [[...path, index], value]);
    return repeated(entries, 'remove one of them');
  });
};

const tenants = (
  list: readonly (Partly<{ models: string[] }> | undefined)[] | undefined,
  key: string,
): [Path, readonly (string | undefined)[] | undefined][] =>
  present(list).map(([index, tenant]) => [[key, index, 'models'], tenant.models]);

function ids(key: string, list: readonly (Named | undefined)[] | undefined): [Path, string][] {
  return present(list).flatMap(([index, { id }]): [Path, string][] => (id ? [[[key, index, 'id'], id]] : []));
}

function repeated(entries: readonly [Path, string][], fix: string): Problem[] {
  return entries
    .filter(([, id], index) => entries.findIndex(([, other]) => other === id) < index)
    .map(([path, id]) => ({ path, text: `found '${id}' a second time; ${fix}` }));
}
