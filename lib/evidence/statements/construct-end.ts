/** The hash at the end of a logical ID of the CDK. */
const HASH = /[0-9A-F]{8}$/;

/** A path as it is in logical IDs: the CDK leaves out a part that its parent's name ends with. */
export const logicalEnd = (path: string): string =>
  path.split('/').reduce((all, part) => (all.endsWith(part) ? all : all + part), '');

/** Whether a construct is at the end of a path. Without metadata of paths, its name is its logical ID. */
export const endsWith = (name: string, end: string): boolean =>
  name === end || name.endsWith(`/${end}`) || (HASH.test(name) && name.replace(HASH, '').endsWith(logicalEnd(end)));
