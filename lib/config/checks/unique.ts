import { RESERVED_IDS } from '../../contract/tenant';
import { type Draft, type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import { callers, declaredProjects, openProjects } from './callers';
import type { Check } from './check';

type Named = Partly<{ id: string }>;

/** No model has another's id, and no workspace or project has that of another workspace or project. */
export const checkUniqueIds: Check = ({ draft }) => [
  ...repeated(ids('models', draft.models), 'give each model its own id'),
  ...repeated(tenantIds(draft), 'workspaces and projects share one set of ids, because resources are named after them'),
];

/** No list of plain values names one twice. */
export const checkUniqueEntries: Check = ({ draft }) => {
  const lists: [Path, readonly (string | undefined)[] | undefined][] = [
    [['alerts'], Array.isArray(draft.alerts) ? draft.alerts : []],
    [['network', 'vpc', 'isolatedSubnetIds'], draft.network?.vpc?.isolatedSubnetIds],
    [['egress', 'zones'], draft.egress?.zones],
    ...Object.entries(draft.network?.zones ?? {}).map(
      ([region, zones]): [Path, readonly (string | undefined)[] | undefined] => [['network', 'zones', region], zones],
    ),
    ...present(draft.workspaces).map(([index, { models }]): Models => [['workspaces', index, 'models'], models]),
    ...present(draft.workspaces).map(
      ([index, { reportGroups }]): Models => [['workspaces', index, 'reportGroups'], reportGroups],
    ),
    ...present(draft.workspaces).flatMap(([index, { courses }]) =>
      present(courses).map(([nth, { models }]): Models => [['workspaces', index, 'courses', nth, 'models'], models]),
    ),
    ...callers(draft).map(([path, { models }]): Models => [[...path, 'models'], models]),
  ];
  return lists.flatMap(([path, list]) => {
    const entries = present(list).map(([index, value]): [Path, string] => [[...path, index], value]);
    return repeated(entries, 'remove one of them');
  });
};

type Models = [Path, readonly (string | undefined)[] | undefined];

const tenantIds = (draft: Draft): [Path, string][] => [
  ...ids('workspaces', draft.workspaces),
  ...declaredProjects(draft).flatMap(([path, { id }]): [Path, string][] => (id ? [[[...path, 'id'], id]] : [])),
];

/** Open projects have one name in metrics, and the ones that are created must not be mistaken for anything else. */
export const checkReservedIds: Check = ({ draft }) =>
  openProjects(draft) === undefined
    ? []
    : tenantIds(draft)
        .filter(([, id]) => RESERVED_IDS.includes(id))
        .map(([path, id]) => ({
          path,
          text: `found '${id}', which stands for other tenants in metrics and records where projects are open; choose another id`,
        }));

function ids(key: string, list: readonly (Named | undefined)[] | undefined): [Path, string][] {
  return present(list).flatMap(([index, { id }]): [Path, string][] => (id ? [[[key, index, 'id'], id]] : []));
}

function repeated(entries: readonly [Path, string][], fix: string): Problem[] {
  return entries
    .filter(([, id], index) => entries.findIndex(([, other]) => other === id) < index)
    .map(([path, id]) => ({ path, text: `found '${id}' a second time; ${fix}` }));
}
