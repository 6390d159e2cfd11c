import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EVIDENCE_FORMATS, type EvidenceFormat } from '../../evidence/formats/formats';
import { LANGUAGES, type Language } from '../../evidence/words/languages';
import { CONFIG_FILE } from '../models/written-config';
import { dayOf } from '../shared/day-of';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { DOCUMENT_OPTIONS, DOCUMENTS_ONLY, type DocumentCommand, readDocumentOptions } from './document-options';

/** A valid command line of `report`. */
export interface ReportCommand extends DocumentCommand {
  readonly path: string;
  readonly out: string;
  readonly formats: readonly EvidenceFormat[];
  /** Of the page. */
  readonly language: Language;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly boundary?: string;
  readonly config?: string;
  readonly exceptions?: string;
  /** A file, or the ARN of a key of AWS KMS after `kms:`. */
  readonly sign?: string;
  readonly live: boolean;
  /** The files with reports of drills of providers. */
  readonly drills: readonly string[];
}

const OPTIONS = {
  out: { type: 'string', default: 'residency-report' },
  format: { type: 'string' },
  language: { type: 'string', default: 'en' },
  date: { type: 'string' },
  boundary: { type: 'string' },
  config: { type: 'string' },
  exceptions: { type: 'string' },
  sign: { type: 'string' },
  live: { type: 'boolean', default: false },
  drill: { type: 'string', multiple: true },
  ...DOCUMENT_OPTIONS,
} as const;

/** Those of a report whose command line names none. */
export const DEFAULT_FORMATS: readonly EvidenceFormat[] = ['html', 'json', 'markdown', 'csv'];

const FORMATS = [...(Object.keys(EVIDENCE_FORMATS) as EvidenceFormat[]), DOCUMENTS_ONLY] as const;

/**
 * Reads the command line of `report`.
 *
 * @param now the date of the report if the command line has none
 */
export function readReportCommand(args: readonly string[], now: Date): ReportCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [path = 'cdk.out', ...others] = positionals;
  if (others.length > 0) {
    throw new UsageError(`report takes one assembly or template, found ${positionals.length}; run it once for each`);
  }
  const { out, boundary, exceptions, sign, live, drill: drills = [] } = values;
  if (boundary !== undefined && values.config !== undefined) {
    throw new UsageError('the boundary is given twice, by --boundary and by --config; omit --boundary');
  }
  const config = values.config ?? (boundary === undefined && existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  if (live && config === undefined) {
    throw new UsageError('--live needs the configuration that names the Regions of the deployment; add --config FILE');
  }
  const given = [...new Set(values.format?.split(',').map((one) => oneOf('--format', one.trim(), FORMATS)))];
  return {
    path,
    out,
    formats: given.length === 0 ? DEFAULT_FORMATS : given.filter((format) => format !== DOCUMENTS_ONLY),
    language: oneOf('--language', values.language, LANGUAGES),
    date: dayOf('--date', values.date ?? now.toISOString().slice(0, 10)),
    ...(boundary !== undefined && { boundary }),
    ...(config !== undefined && { config }),
    ...(exceptions !== undefined && { exceptions }),
    ...(sign !== undefined && { sign }),
    live,
    drills,
    ...readDocumentOptions(values, given),
  };
}
