/** A configuration with all its options uncommented: an option has a `#` without a space, a comment has one with a space. */
export const withOptions = (text: string): string => text.replaceAll(/^( *)#(?=\S| {2})/gm, '$1');
