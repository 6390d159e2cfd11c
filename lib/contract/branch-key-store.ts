/**
 * The name of a workspace's key store within the encryption context of each of its branch keys: what a role's right to the
 * workspace's key is bound to. It isn't the table's name, so that a restored table can be read.
 */
export const branchKeyStoreName = (workspace: string): string => `workspace/${workspace}`;
