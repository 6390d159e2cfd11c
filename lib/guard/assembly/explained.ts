/** Why a file can't be read, in words. */
export function explained(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return CAUSES[code ?? ''] ?? message;
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read (permission denied)',
  EPERM: 'it may not be read (not permitted)',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'its path leads through a file as if it were a folder',
  ELOOP: 'its links lead in circles',
  ENAMETOOLONG: 'its name is longer than the system allows',
  EMFILE: 'too many files are open',
  ERR_STRING_TOO_LONG: 'it is larger than 512 MB, which no template can be',
};
