import type { Done } from './progress';

/** What identifies an account or its owner, and what it is replaced with. */
const IDENTIFIERS: readonly (readonly [RegExp, string])[] = [
  [/\b\d{12}\b/g, 'ACCOUNT'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID'],
  [/\b(vpc|subnet|rtb|vpce|sg|eni|pcx|fl)-[0-9a-f]{8,17}\b/g, '$1-ID'],
  [/\b[a-z0-9]{10}(?=\.execute-api\.)/g, 'API'],
  [/\b(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, 'KEY-ID'],
  [/\b[\w.+-]+@[\w-]+(\.[\w-]+)+\b/g, 'ADDRESS'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, 'IP'],
];

/** A text without account numbers, IDs of resources and addresses. */
export const withoutIdentifiers = (text: string): string =>
  IDENTIFIERS.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);

/** The report to send, as Markdown: every check with its result, and nothing that identifies the account. */
export function findings(done: Readonly<Record<string, Done>>, missing: readonly string[]): string {
  const results = Object.values(done).flatMap((one) => one.results);
  const failed = results.filter(({ passed }) => !passed).length;
  const lines = [
    '# Test of an account',
    '',
    `${results.length - failed} passed, ${failed} failed. Not run: ${missing.length === 0 ? 'none' : missing.join(', ')}.`,
  ];
  for (const [step, { at, results: own }] of Object.entries(done)) {
    lines.push('', `## ${step} (${at.slice(0, 16)}Z)`, '');
    for (const { name, passed, detail } of own)
      lines.push(
        `- ${passed ? 'ok' : '**failed**'}: ${name}${detail === '' ? '' : `: ${detail.replaceAll('\n', ' ')}`}`,
      );
  }
  return withoutIdentifiers(`${lines.join('\n')}\n`);
}
