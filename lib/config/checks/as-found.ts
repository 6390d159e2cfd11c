/** A refusal's sentence as a message of the loader: `found 'eu-west-2', which is in London (GB), ...`. */
export function asFound(value: string, detail: string): string {
  const subject = `'${value}' `;
  return detail.startsWith(subject) ? `found '${value}', which ${detail.slice(subject.length)}` : detail;
}
