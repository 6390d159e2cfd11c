/**
 * Reads variables that a function requires.
 *
 * @throws if one isn't set; the message states what it names
 */
export const requiredFrom =
  <E extends object>(environment: E) =>
  (name: keyof E & string, what: string): string => {
    const value = environment[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`'${name}' is not set, so ${what} isn't known; deploy the function again`);
  };
