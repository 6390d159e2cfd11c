/** The characters that AWS admits in tag keys and values, in every service. */
const CHARACTERS = String.raw`[\p{L}\p{N} _.:/=+@-]`;

export const TAG_KEY = new RegExp(String.raw`^(?!\s)(?!(?:[aA][wW][sS]|residency):)${CHARACTERS}{1,128}(?<!\s)$`, 'u');
export const TAG_KEY_ALLOWED =
  "a key of letters, digits, spaces and _ . : / = + @ -, at most 128 characters, that doesn't begin with 'aws:' or 'residency:'";

export const TAG_VALUE = new RegExp(`^${CHARACTERS}{0,256}$`, 'u');
export const TAG_VALUE_ALLOWED = 'text of letters, digits, spaces and _ . : / = + @ -, at most 256 characters';
