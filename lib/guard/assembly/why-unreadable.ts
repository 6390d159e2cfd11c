/** Why a file can't be read, as text. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return CAUSES[code ?? ''] ?? message;
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: "it can't be read (permission denied)",
  EPERM: "it can't be read (operation not permitted)",
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'its path treats a file as a folder',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its name is longer than the system allows',
  EMFILE: 'too many files are open',
  ERR_STRING_TOO_LONG: 'it is larger than 512 MB, too large for a template',
};
