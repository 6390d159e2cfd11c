import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EVIDENCE_FORMATS, type EvidenceFormat } from '../../evidence/formats/formats';
import { LANGUAGES, type Language } from '../../evidence/words/languages';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { DEFAULT_FORMATS } from './report-options';

/** A valid command line of `report join`. */
export interface JoinCommand {
  /** The folders of the reports, at least two. */
  readonly folders: readonly string[];
  readonly out: string;
  readonly formats: readonly EvidenceFormat[];
  /** Of the page. */
  readonly language: Language;
  /** The files of the signers' public keys; none if no signature is checked. */
  readonly keys: readonly string[];
  /** A file, or the ARN of a key of AWS KMS after `kms:`. */
  readonly sign?: string;
}

const OPTIONS = {
  out: { type: 'string', default: 'residency-report' },
  format: { type: 'string' },
  language: { type: 'string', default: 'en' },
  key: { type: 'string', multiple: true },
  sign: { type: 'string' },
} as const;

const FORMATS = Object.keys(EVIDENCE_FORMATS) as EvidenceFormat[];

/** A folder, whatever links lead to it. */
const placeOf = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : path.resolve(folder));

/** Reads the command line of `report join`. */
export function readJoinCommand(args: readonly string[]): JoinCommand {
  const { values, positionals: folders } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  if (folders.length < 2) {
    throw new UsageError(
      `report join takes the folders of at least two reports, found ${folders.length}; write one for each account with 'report'`,
    );
  }
  const { out, language, key: keys = [], sign } = values;
  if (folders.some((folder) => placeOf(folder) === placeOf(out))) {
    throw new UsageError(
      `--out: '${out}' is the folder of a report that is joined, which stays as it is; name another`,
    );
  }
  const given = [...new Set(values.format?.split(',').map((one) => oneOf('--format', one.trim(), FORMATS)))];
  return {
    folders,
    out,
    formats: given.length === 0 ? DEFAULT_FORMATS : given,
    language: oneOf('--language', language, LANGUAGES),
    keys,
    ...(sign !== undefined && { sign }),
  };
}
