/**
 * What to say of a file or folder that the system refuses to read or write, where the command has no message of its own.
 *
 * @returns nothing for any other error
 */
export function fileErrorText(error: unknown): string | undefined {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || path === undefined || syscall.startsWith('spawn'))
    return undefined;
  return `'${path}' can't be read or written (${code}); name a file or folder in one that exists, and that you may use`;
}
