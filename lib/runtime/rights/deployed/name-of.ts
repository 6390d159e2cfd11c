/** The name of an error that isn't ours: its message may quote what was read. */
export function nameOf(error: unknown): string {
  const { name = '' } = error as { readonly name?: unknown };
  return typeof name === 'string' && /^[A-Za-z]{1,64}$/.test(name) ? name : 'an error without a name';
}
