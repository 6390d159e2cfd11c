import type { OfficeKind } from '../../../contract/conversion';
import type { FileKind } from '../../gateway/files/file-kind';
import type { ConversionReport } from './conversion-report';

/** The purposes of files that a client sends. OpenAI's other purposes are for features that don't exist here. */
export const SENT_PURPOSES = ['user_data', 'vision', 'batch'] as const;

/** The purposes of files: those that a client sends, and those that a batch writes. */
export const PURPOSES = [...SENT_PURPOSES, 'batch_output'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** What a client says of a file before its content. */
export interface FileDescription {
  readonly name: string;
  readonly purpose: Purpose;
  /** The media type that the client names; empty if it names none. */
  readonly type: string;
}

/** The kind of a stored file. Those of office programs are converted. */
export type StoredKind = FileKind | OfficeKind;

/** The encrypted part of a file's row. */
export interface FileRecord {
  readonly name: string;
  readonly purpose: Purpose;
  readonly kind: StoredKind;
  /**
   * The outcome of its conversion, once it is noted.
   *
   * @default - it isn't converted, or hasn't been yet
   */
  readonly conversion?: ConversionReport;
  /** The objects of its content, in order, below the file's prefix in the bucket. */
  readonly parts: readonly string[];
}
