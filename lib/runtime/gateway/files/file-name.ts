import { ApiError } from '../../http/api-error';

/** As file systems take them. */
const MOST_BYTES = 255;

/** Characters of control, and those that turn the direction of what follows, so that a name reads as another. */
const UNSAFE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;

/**
 * A file's name, without the folders before it: it is shown to its owner, and never a path.
 *
 * @throws ApiError when it can't be shown as it is
 */
export function fileName(given: string, param: string): string {
  const name = given.replace(/^.*[/\\]/s, '');
  if (name === '' || name === '.' || name === '..') throw refused('must have a name', param);
  if (UNSAFE.test(name)) throw refused('must have a name without characters of control', param);
  if (Buffer.byteLength(name) > MOST_BYTES) throw refused(`must have a name of at most ${MOST_BYTES} bytes`, param);
  return name;
}

const refused = (what: string, param: string) =>
  new ApiError(400, 'invalid_value', `'${param}' ${what}; give the file another`, { param });
