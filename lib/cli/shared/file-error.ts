/** What another file or folder would correct. A full disk, or too many open files, is another matter. */
const OF_THE_NAME = ['EACCES', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOTDIR', 'EPERM', 'EROFS'];

/**
 * What to say of a file or folder that the system refuses to read or write, where the command has no message of its own.
 *
 * @returns nothing for any other error
 */
export function fileErrorText(error: unknown): string | undefined {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const isSpawned = syscall?.startsWith('spawn') ?? true;
  if (code === undefined || path === undefined || isSpawned || !OF_THE_NAME.includes(code)) return undefined;
  return `'${path}' can't be read or written (${code}); name a file in a folder that exists and that you can access`;
}
