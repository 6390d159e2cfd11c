import { ANY, type Pattern } from './pattern';

/** A condition on the variables of a request. */
export type Formula =
  | { readonly is: 'constant'; readonly value: boolean }
  | { readonly is: 'all' | 'any'; readonly of: readonly Formula[] }
  | { readonly is: 'not'; readonly of: Formula }
  /** A variable that is true or false. */
  | { readonly is: 'flag'; readonly flag: string }
  /** A pattern matches the text of a variable. */
  | { readonly is: 'matches'; readonly variable: string; readonly pattern: Pattern }
  /** A text of the set that a variable holds matches a condition, which is on the variable of the same name. */
  | { readonly is: 'some'; readonly variable: string; readonly of: Formula };

export const TRUE: Formula = { is: 'constant', value: true };
export const FALSE: Formula = { is: 'constant', value: false };

export const all = (...of: readonly Formula[]): Formula => {
  const parts = of.filter((part) => part !== TRUE);
  if (parts.includes(FALSE)) return FALSE;
  return parts.length === 0 ? TRUE : parts.length === 1 ? (parts[0] as Formula) : { is: 'all', of: parts };
};

export const any = (...of: readonly Formula[]): Formula => {
  const parts = of.filter((part) => part !== FALSE);
  if (parts.includes(TRUE)) return TRUE;
  return parts.length === 0 ? FALSE : parts.length === 1 ? (parts[0] as Formula) : { is: 'any', of: parts };
};

export const not = (of: Formula): Formula =>
  of === TRUE ? FALSE : of === FALSE ? TRUE : of.is === 'not' ? of.of : { is: 'not', of };

export const flag = (name: string): Formula => ({ is: 'flag', flag: name });

export const matching = (variable: string, pattern: Pattern): Formula =>
  // Every text matches `*` alone.
  pattern.tokens.length === 1 && pattern.tokens[0] === ANY ? TRUE : { is: 'matches', variable, pattern };

export const some = (variable: string, of: Formula): Formula => ({ is: 'some', variable, of });
