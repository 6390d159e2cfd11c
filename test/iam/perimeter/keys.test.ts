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

/** Whether some request of an action that a statement reaches can have a key. */
const carries = (
  { ownKeys, types }: ServiceAction,
  { Resource = ['*'] }: PerimeterStatement,
  { scope: { partition } }: PerimeterSet,
  key: string,
): boolean =>
  isListed(ownKeys, key) ||
  types.some(
    (type) =>
      Resource.some((arn) => matches(arn, type.arn.replace('{partition}', partition))) &&
      isListed(type.keysInRequest, key),
  );

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
