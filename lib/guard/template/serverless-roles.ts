import { isMap } from './node';
import { isOn, knownText, type Resource } from './resource';
import { eventsOf } from './serverless-events';

/** A role that SAM creates from a resource. */
export interface ServerlessRole {
  /** What makes SAM create it, as text for a message. */
  readonly cause: string;
  /** JSON pointer of the part that makes SAM create it. */
  readonly path: string;
  /** The property that sets its permissions boundary; none if SAM can't set one. */
  readonly boundary?: readonly string[];
  /** The property that names a role instead. */
  readonly instead: string;
}

/** The types from which SAM creates roles. */
export const WITH_SERVERLESS_ROLES: readonly string[] = [
  'AWS::Serverless::CapacityProvider',
  'AWS::Serverless::Function',
  'AWS::Serverless::GraphQLApi',
  'AWS::Serverless::StateMachine',
];

/** The events for each of which SAM creates a role that starts the state machine. */
const STARTED_BY_ROLES = ['Api', 'CloudWatchEvent', 'EventBridgeRule', 'Schedule'];

/**
 * The roles that SAM creates from a resource, in any variant
 * (docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html).
 */
export function serverlessRoles(resource: Resource): ServerlessRole[] {
  switch (resource.type) {
    case 'AWS::Serverless::Function':
      return [...ownRole(resource), ...scheduleRoles(resource), ...deploymentRole(resource)];
    case 'AWS::Serverless::StateMachine':
      return [...ownRole(resource), ...eventRoles(resource), ...scheduleRoles(resource)];
    case 'AWS::Serverless::CapacityProvider':
      return resource.mayLack('OperatorRole')
        ? [{ cause: "it names no 'OperatorRole'", path: '/Properties', instead: 'OperatorRole' }]
        : [];
    case 'AWS::Serverless::GraphQLApi':
      return [...sourceRoles(resource), ...logRole(resource)];
    default:
      return [];
  }
}

const ownRole = (resource: Resource): ServerlessRole[] =>
  resource.mayLack('Role')
    ? [{ cause: "it names no 'Role'", path: '/Properties', boundary: ['PermissionsBoundary'], instead: 'Role' }]
    : [];

/** The state machine's own boundary applies to these as well. */
const eventRoles = ({ raw, scope }: Resource): ServerlessRole[] =>
  eventsOf(raw, scope)
    .filter(({ type }) => STARTED_BY_ROLES.includes(type))
    .map(({ name }) => ({
      cause: `its event '${name}' has a role`,
      path: `/Properties/Events/${name}`,
      boundary: ['PermissionsBoundary'],
      instead: 'ScheduleV2 with RoleArn',
    }));

const scheduleRoles = (resource: Resource): ServerlessRole[] =>
  eventsOf(resource.raw, resource.scope)
    .filter(({ name, type }) => type === 'ScheduleV2' && resource.mayLack('Events', name, 'Properties', 'RoleArn'))
    .map(({ name }) => ({
      cause: `its event '${name}' names no 'RoleArn'`,
      path: `/Properties/Events/${name}`,
      boundary: ['Events', name, 'Properties', 'PermissionsBoundary'],
      instead: 'RoleArn',
    }));

/** CodeDeploy's role is one for all functions of the template. */
function deploymentRole(resource: Resource): ServerlessRole[] {
  const [preference] = resource.select('DeploymentPreference');
  if (preference === undefined || !resource.mayLack('DeploymentPreference', 'Role')) return [];
  const enabled = resource.select('DeploymentPreference', 'Enabled');
  const isOff = enabled.length > 0 && enabled.every(({ value }) => knownText(value) !== undefined && !isOn(value));
  if (isOff && !resource.mayLack('DeploymentPreference', 'Enabled')) return [];
  const cause = "its 'DeploymentPreference' names no 'Role'";
  return [{ cause, path: preference.path, instead: 'DeploymentPreference.Role' }];
}

const sourceRoles = (resource: Resource): ServerlessRole[] =>
  ['DynamoDb', 'Lambda']
    .filter(
      (kind) =>
        resource.select('DataSources', kind, '*').length > 0 &&
        resource.mayLack('DataSources', kind, '*', 'ServiceRoleArn'),
    )
    .map((kind) => ({
      cause: "a data source names no 'ServiceRoleArn'",
      path: `/Properties/DataSources/${kind}`,
      instead: 'ServiceRoleArn',
    }));

/** SAM logs by default. */
function logRole(resource: Resource): ServerlessRole[] {
  const values = resource.select('Logging');
  const isNamed =
    values.length > 0 &&
    !resource.mayLack('Logging') &&
    values.every(
      ({ value }) =>
        knownText(value) === 'false' || (isMap(value) && !resource.mayLack('Logging', 'CloudWatchLogsRoleArn')),
    );
  return isNamed
    ? []
    : [
        {
          cause: "its 'Logging' names no 'CloudWatchLogsRoleArn'",
          path: '/Properties/Logging',
          instead: 'CloudWatchLogsRoleArn',
        },
      ];
}
