import type { Result } from './results';

/** The table of a run, in Markdown. */
export const tableLines = (results: readonly Result[]): string[] => [
  '| client | version | passed | refused as documented | failed |',
  '|---|---|---|---|---|',
  ...results.map(
    ({ client, version, passed, refused, failed }) =>
      `| ${client} | ${version} | ${passed} | ${refused.join(', ')} | ${failed} |`,
  ),
];
