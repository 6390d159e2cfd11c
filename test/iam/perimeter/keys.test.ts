import type { PerimeterStatement } from '@/lib/perimeter/organization/document';
import { ROLE_ACTIONS } from '@/lib/perimeter/organization/permissions-boundary';
import { installEvaluator, type ServiceAction, serviceActions } from '../evaluator/evaluator';
import { matches } from '../support/pattern';
import { keysOf } from '../support/reached';
import { type PerimeterSet, SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

/** The keys that not every request has: those of services, and tags of resources. */
const isOwn = (key: string): boolean => !key.startsWith('aws:') || key.startsWith('aws:ResourceTag/');

const isListed = (listed: readonly string[], key: string): boolean =>
  listed.some((one) => matches(one.replace(/\$\{\w+\}|<\w+>/, '*'), key, true));

/** The types of resources of an action that a statement reaches. */
const reachedTypes = (
  { types }: ServiceAction,
  { Resource = ['*'] }: PerimeterStatement,
  { scope: { partition } }: PerimeterSet,
) => types.filter((type) => Resource.some((arn) => matches(arn, type.arn.replace('{partition}', partition))));

/** Whether some request of an action that a statement reaches can have a key. */
const carries = (action: ServiceAction, statement: PerimeterStatement, set: PerimeterSet, key: string): boolean =>
  isListed(action.ownKeys, key) ||
  reachedTypes(action, statement, set).some(({ keysInRequest }) => isListed(keysInRequest, key));

test.each(SETS)('$name: AWS lists each condition key for each action of its statement, on its resources', (set) => {
  const asked = set.documents
    .flatMap(({ content }) => content.Statement)
    .flatMap((statement) =>
      keysOf(statement)
        .filter(isOwn)
        .flatMap((key) => (statement.Action ?? []).map((action) => ({ statement, key, action }))),
    );
  const known = serviceActions([...new Set(asked.map(({ action }) => action))]);
  const missing = asked
    .filter(({ statement, key, action }) => !known[action]?.some((one) => carries(one, statement, set, key)))
    .map(({ statement, key, action }) => `${statement.Sid}: ${action} has no ${key}`);
  expect(missing).toEqual([]);
  expect(asked.length).toBeGreaterThan(50);
});

/** The keys whose absence from a request doesn't prevent a denial: a negated operator holds without its key. */
const negatedKeys = ({ Condition = {} }: PerimeterStatement): string[] =>
  Object.entries(Condition)
    .filter(([operator]) => /^(?:Arn|String)Not/.test(operator) && !operator.endsWith('IfExists'))
    .flatMap(([, keys]) => Object.keys(keys).filter(isOwn));

test.each(SETS)('$name: no action is denied everywhere because its requests have no key of a denial', (set) => {
  const asked = set.documents
    .flatMap(({ content }) => content.Statement)
    .filter(({ Effect }) => Effect === 'Deny')
    .flatMap((statement) => negatedKeys(statement).map((key) => ({ statement, key })));
  const lacking = asked.flatMap(({ statement, key }) =>
    Object.values(serviceActions(statement.Action ?? []))
      .flat()
      .flatMap((one) =>
        reachedTypes(one, statement, set)
          .filter(({ keysInRequest }) => !isListed([...one.ownKeys, ...keysInRequest], key))
          .map(({ name }) => `${statement.Sid}: ${one.action} on ${name} has no ${key}`),
      ),
  );
  expect(lacking).toEqual([]);
  expect(asked.length).toBeGreaterThan(5);
});

test('of what AWS calls management of permissions, the permissions boundary allows policies of log groups only', () => {
  const allowed = Object.values(serviceActions(ROLE_ACTIONS)).flat();
  const managing = allowed.filter(({ access }) => access.includes('Permissions management'));
  expect(managing.map(({ action }) => action)).toEqual(['logs:PutResourcePolicy']);
  expect(allowed.length).toBeGreaterThan(ROLE_ACTIONS.length);
});

/** Services of which nothing is needed but what delivers. */
const WHOLE_SERVICES = ['appflow:*', 'datasync:*', 'transfer:*'];

test.each(SETS)('$name: what only deployments do has no action that reads or lists, but of whole services', (set) => {
  const listed = set.documents
    .flatMap(({ content }) => content.Statement)
    .filter(({ Sid }) => Sid === 'DeployersOnly' || Sid === 'AccountSetup')
    .flatMap(({ Action = [] }) => Action);
  const reading = Object.entries(serviceActions(listed)).flatMap(([pattern, actions]) =>
    actions.some(({ access }) => access.includes('Read') || access.includes('List')) ? [pattern] : [],
  );
  expect(reading.sort()).toEqual(WHOLE_SERVICES);
  expect(listed.length).toBeGreaterThan(100);
});
