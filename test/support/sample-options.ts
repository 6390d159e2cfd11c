/** A configuration with each option that it shows behind a `#` without a space; its remarks have one. */
export const withOptions = (text: string): string => text.replaceAll(/^( *)#(?=\S| {2})/gm, '$1');
