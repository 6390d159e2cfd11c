import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../aws/table';
import type { OpenProject, OpenProjectRegistry } from './open-project';
import { projectKey, type StoredProject, toStoredProject } from './project-item';

/** Looks up open projects in the table of keys, which is all that a gateway may do. */
export class DynamoDbOpenProjects implements OpenProjectRegistry {
  constructor(private readonly table: Table) {}

  public async find(id: string): Promise<OpenProject | undefined> {
    return (await findStored(this.table, id))?.project;
  }
}

/**
 * The current row of a project; undefined if it never existed.
 *
 * @throws UnreadableProject if it isn't a project
 */
export async function findStored({ client, name }: Table, id: string): Promise<StoredProject | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: name, Key: projectKey(id), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : toStoredProject(Item);
}
