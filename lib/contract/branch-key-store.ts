/**
 * The name of a workspace's key store in the encryption context of each of its branch keys. A role's permission on the
 * workspace's key is limited to this name. It isn't the table's name, so that a restored table can be read.
 */
export const branchKeyStoreName = (workspace: string): string => `workspace/${workspace}`;
