/** The name of an error from elsewhere. Its message may quote what was read, so it is neither logged nor stored. */
export function errorName(error: unknown): string {
  const { name = '' } = error as { readonly name?: unknown };
  return typeof name === 'string' && /^[A-Za-z]{1,64}$/.test(name) ? name : 'an error without a name';
}
