import type { Retention } from './config';

/** Converts a period that the schema accepts: `365d` or `until-deleted`. */
export function readRetention(text: string): Retention {
  return text === 'until-deleted' ? { kind: 'until-deleted' } : { kind: 'days', days: Number.parseInt(text, 10) };
}

const DAYS: Readonly<Record<string, number>> = { '': 1, d: 1, w: 7, m: 30, y: 365 };

/** The period that an invalid one probably means: `52 weeks` is `364d`; none when it can't be guessed. */
export function retentionGuess(value: unknown): string | undefined {
  const text = String(value ?? '').toLowerCase();
  if (/^(?:until.?delet|forever|never|always|unlimited|infinite|none)/.test(text)) return 'until-deleted';
  const [, number, unit] =
    /^(\d{1,6})\s*([dwmy]?)(?:ays?|eeks?|onths?|ears?)?$/.exec(text.replace(/^p(?=\d)/, '')) ?? [];
  const days = Number(number) * (DAYS[unit ?? ''] ?? Number.NaN);
  return days >= 1 && days <= 3650 ? `${days}d` : undefined;
}
