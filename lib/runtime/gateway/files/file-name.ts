import { ApiError } from '../errors/api-error';

/** The usual limit of file systems. */
const MOST_BYTES = 255;

/** Control characters, and those that reverse the direction of text, which can disguise a name. */
const UNSAFE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;

/**
 * A file's name without folders. It is shown to the file's owner and is never used as a path.
 *
 * @throws ApiError if it can't be shown as it is
 */
export function fileName(given: string, param: string): string {
  const name = given.replace(/^.*[/\\]/s, '');
  if (name === '' || name === '.' || name === '..') throw refused('must have a name', param);
  if (UNSAFE.test(name)) throw refused('must have a name without control characters', param);
  if (Buffer.byteLength(name) > MOST_BYTES) throw refused(`must have a name of at most ${MOST_BYTES} bytes`, param);
  return name;
}

const refused = (what: string, param: string) =>
  new ApiError(400, 'invalid_value', `'${param}' ${what}; rename the file`, { param });
