/** The bounds of one conversion. The parent process bounds memory and time too. */

/** Entries of an archive. A presentation has about ten for each slide. */
export const MAX_ENTRIES = 10_000;

/** Bytes that all entries together may unpack to, as far as they are read. */
export const MAX_UNPACKED_BYTES = 128_000_000;

/** Bytes that one entry may declare, whether it is read or not. */
export const MAX_DECLARED_BYTES = 1_000_000_000;

/** What an entry may unpack to, for each of its bytes. Tables of equal rows reach a hundred. */
export const MAX_RATIO = 300;

/** An entry below this size has any ratio. */
export const RATIO_FROM_BYTES = 10_000_000;

/** Open elements at a time. Nested tables of a text have some ten each. */
export const MAX_DEPTH = 500;

/** Bytes of the texts that the cells of a workbook share. */
export const MAX_SHARED_BYTES = 64_000_000;

/** Characters of a text that cells share. Spreadsheets have 32,767. */
export const MAX_CELL_CHARACTERS = 1_000_000;

/** The number of texts that cells share. */
export const MAX_SHARED = 4_000_000;

/** Characters of one row of a CSV file. */
export const MAX_ROW_CHARACTERS = 4_000_000;

/** Empty cells in front of one with content, and spaces that a single element stands for. */
export const MAX_REPEATED = 64;
