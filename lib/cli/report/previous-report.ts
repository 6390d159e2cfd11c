import { readFileSync } from 'node:fs';
import type { Evidence } from '../../evidence/core/evidence';
import type { Cell, ExternalLine } from '../../report/inventory-line';
import { UsageError } from '../shared/usage-error';

const NEEDED = "name the evidence.json of an earlier report, which 'report --format json' writes";

/**
 * An earlier report, as far as sub-processors are compared.
 *
 * @throws UsageError if the file can't be read, or isn't a report of this form
 */
export function previousReport(file: string): Evidence {
  const found = parsed(textOf(file));
  if (!isEvidence(found)) throw new UsageError(`--previous: the file isn't a report of format 1; ${NEEDED}`);
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--previous: the file can't be read (${(error as NodeJS.ErrnoException).code}); ${NEEDED}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`--previous: the file isn't JSON; ${NEEDED}`);
  }
}

type Loose<T> = { readonly [K in keyof T]?: unknown };

const texts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');

const isCell = (value: unknown): boolean => typeof (value as Loose<Cell> | null | undefined)?.text === 'string';

/** What the list of sub-processors shows of a provider outside AWS. */
function isExternal(value: unknown): boolean {
  const { name, host, retainsAnyway, company, ownerCountry, contract, accepted } = (value ?? {}) as Loose<ExternalLine>;
  const isText = (one: unknown) => typeof one === 'string';
  return (
    [name, host, retainsAnyway].every(isText) &&
    [company, ownerCountry].every((one) => one === null || isText(one)) &&
    [contract, accepted].every((one) => one === undefined || isText(one))
  );
}

function isEvidence(value: unknown): value is Evidence {
  const { format, head, regions, models } = (value ?? {}) as Loose<Evidence>;
  const { date } = (head ?? {}) as Loose<Evidence['head']>;
  return (
    format === 1 &&
    typeof date === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(date) &&
    Array.isArray(regions) &&
    regions.every((one: Loose<Evidence['regions'][number]>) => typeof one?.region === 'string' && texts(one.uses)) &&
    Array.isArray(models) &&
    models.every(
      (one: Loose<Evidence['models'][number]>) =>
        typeof one?.destination === 'string' &&
        texts(one.regions) &&
        isCell(one.providerRetains) &&
        (one.external === undefined || (isExternal(one.external) && isCell(one.processedIn))),
    )
  );
}
