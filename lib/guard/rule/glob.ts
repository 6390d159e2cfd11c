/** The separator between the parts of a name: `/` in a stack's path, `.` in a host. */
export type Separator = '/' | '.';

/**
 * Whether a name matches a glob part by part: `*` is any text within one part, `**` as a part is any number of parts.
 * Takes time proportional to the product of both lengths, whatever the glob.
 */
export function matchesParts(glob: string, name: string, separator: Separator): boolean {
  return aligned(glob.split(separator), name.split(separator), (part) => part === '**', matchesText);
}

/** Whether a text matches a glob in which `*` is any text. */
export function matchesText(glob: string, text: string): boolean {
  return aligned(
    [...glob],
    [...text],
    (letter) => letter === '*',
    (letter, other) => letter === other,
  );
}

/** Whether a glob matches everything: it consists only of wildcards and separators. */
export const isCatchAll = (glob: string): boolean => !/[^*./:-]/.test(glob);

/** Steps through both lists; after a mismatch it returns to the last wildcard only, which is all that a match can need. */
function aligned(
  glob: readonly string[],
  name: readonly string[],
  isWild: (part: string) => boolean,
  same: (part: string, other: string) => boolean,
): boolean {
  let at = 0;
  let wild = -1;
  let taken = 0;
  for (let index = 0; index < name.length; ) {
    const part = glob[at];
    if (part !== undefined && isWild(part)) {
      wild = at++;
      taken = index;
    } else if (part !== undefined && same(part, name[index] as string)) {
      at++;
      index++;
    } else if (wild !== -1) {
      at = wild + 1;
      index = ++taken;
    } else return false;
  }
  return glob.slice(at).every(isWild);
}
