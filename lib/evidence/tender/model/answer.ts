import type { Attestation } from './attestation';
import type { Pointer } from './pointer';

/**
 * - `provided`: the package does it, and the pointers show it
 * - `inherited`: AWS does it, and its attestation has to be requested
 * - `customer`: the party that operates the deployment does it
 * - `not-applicable`: a deployment doesn't have what it is about
 * - `not-met`: it isn't met, and the text says why
 */
export type TenderStatus = 'provided' | 'inherited' | 'customer' | 'not-applicable' | 'not-met';

/** From the best to the worst for a buyer. */
export const STATUSES: readonly TenderStatus[] = ['provided', 'inherited', 'customer', 'not-applicable', 'not-met'];

/** A statement about the package that many criteria and requirements ask for. */
export interface Answer {
  readonly status: TenderStatus;
  readonly text: string;
  /** What the statement doesn't cover. */
  readonly rest?: string;
  /** What to request from AWS; only for `inherited`. */
  readonly attestation?: Attestation;
  /** Empty only for a task of the operator's own organisation, of which the package shows nothing. */
  readonly pointers: readonly Pointer[];
  /** Whose statement it is. It isn't true of an assembly without such a tenant; `tenant` is either kind. */
  readonly about?: 'workspace' | 'project' | 'tenant';
  /** The statement isn't true of an assembly in which the guard finds a violation, or an exception permits one. */
  readonly needsResident?: true;
  /**
   * Phrases in English, German and French that name the subject of a requirement, separated by commas. Words match from their
   * beginning, those of up to four letters as a whole.
   */
  readonly words: string;
}

/** Keeps the IDs of a group's answers as its type. */
export const answers = <Id extends string>(group: Record<Id, Answer>): Readonly<Record<Id, Answer>> => group;
