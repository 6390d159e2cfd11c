import type { Evidence } from '../core/evidence';
import type { Words } from '../words/en/en';
import type { DocumentLanguage } from '../words/languages';

/** A project of `residency.yaml`. Templates have no names of projects, which share their stack. */
export interface Project {
  readonly id: string;
  readonly models: readonly string[];
  /** How many projects it stands for that are created at run time, at most; absent for a declared project. */
  readonly upTo?: number;
}

/** Where the configuration declares that Bedrock may write prompts and answers; empty if it declares nothing. */
export interface InvocationLog {
  readonly bucket?: string;
  readonly logGroup?: string;
}

/** What a document is made from. */
export interface DocumentContext {
  readonly evidence: Evidence;
  readonly words: Words;
  readonly language: DocumentLanguage;
  /** Between two parts of a sentence. */
  readonly separator: string;
  /** Between a name and what follows it. */
  readonly colon: string;
  /** The lawyer who reviewed the document; by default none, and the document says so. */
  readonly reviewedBy?: string;
  /** The projects by name; without them, the report has one row for all. */
  readonly projects?: readonly Project[];
  /** Invocation logging by the configuration; without one, nothing is known of it. */
  readonly invocationLog?: InvocationLog;
  /** Whether members create API keys by the configuration; without one, nothing is known of it. */
  readonly memberKeys?: boolean;
  /** An earlier report, with whose sub-processors those of this one are compared. */
  readonly previous?: Evidence;
}
