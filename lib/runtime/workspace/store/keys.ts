import { contentPartition, type TableKey } from '../../../contract/tables';

/**
 * The key of a row. All rows of a user are in the user's own partition: one query finds everything of a user, and ids of another
 * user can't be found, because every id is looked up in the partition of the user who sends the request. docs/decisions has the layout.
 */
export type Key = TableKey;

export const partitionOf = contentPartition;
