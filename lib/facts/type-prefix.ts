/** The full name of a type or service in the tables, which leave out the prefix that nearly all have. */
export const withPrefix = (name: string): string => (name.startsWith('Alexa::') ? name : `AWS::${name}`);
