import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import type { Check } from './subject';
import { unseen } from './unseen';

const of = linesOf('SCIM turned off');

/** What CloudFormation appends to a stack's name, for the tables of a workspace's SCIM: the logical ID, and characters of its own. */
const TABLES = /^-Workspace(?:Directory|ScimTokens)Table[0-9A-F]{8}-[A-Za-z0-9]+$/;

/**
 * Whether tables remain of workspaces that had SCIM and have it no longer. A deployment retains them, and no erasure reaches what they say
 * of members. There is a line for what remains only.
 */
export const scimLeftovers: Check = async ({ caller, deployment }) => {
  const { name, primaryRegion: region, workspaces } = deployment;
  const without = workspaces.filter(({ scim }) => scim === undefined).map(({ id }) => `${name}-workspace-${id}`);
  if (without.length === 0) return [];
  const client = new DynamoDBClient(clientSettings(caller, 'dynamodb', region));
  const found: string[] = [];
  try {
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
      found.push(
        ...TableNames.filter((table) =>
          without.some((stack) => table.startsWith(stack) && TABLES.test(table.slice(stack.length))),
        ),
      );
    }
  } catch (error) {
    return [unseen(of(region), region, 'dynamodb:ListTables', error)];
  }
  return found.map((table): DoctorLine => {
    const which = `--table-name ${table} --region ${region}`;
    return of(region).soon(
      `${table} remains, and no erasure reaches it`,
      "once its tokens are revoked, as in docs/SCIM.md under 'Turning SCIM off', delete it: " +
        `aws dynamodb update-table ${which} --no-deletion-protection-enabled && aws dynamodb delete-table ${which}`,
    );
  });
};
