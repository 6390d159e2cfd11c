/**
 * The name of a workspace's key store in the encryption context of each of its branch keys; a role's permission for the
 * workspace's key is bound to it. It isn't the table's name, so that a restored table can be read.
 */
export const branchKeyStoreName = (workspace: string): string => `workspace/${workspace}`;
