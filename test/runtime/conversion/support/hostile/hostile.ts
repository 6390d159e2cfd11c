import type { Failure, Lost } from '@/lib/contract/conversion';
import { docx, paragraph } from '../documents';
import type { ZipEntry } from '../zip';

/** A file that is made to harm, and what becomes of it. */
export interface Hostile {
  readonly name: string;
  readonly make: (address: string) => Buffer;
  readonly outcome: { readonly failure: Failure } | { readonly text: RegExp | string; readonly lost?: Lost };
  /** Whether it takes more than a second to make or to read. */
  readonly isHeavy?: boolean;
}

export const good = paragraph('safe');
export const DAMAGED = { failure: 'damaged' } as const;
export const FORBIDDEN = { failure: 'forbidden-xml' } as const;
export const TOO_LARGE = { failure: 'too-large' } as const;
export const NOT_OFFICE = { failure: 'not-office' } as const;
export const SAFE = { text: 'safe\n' } as const;

/** A document with further entries. */
export const document = (...others: ZipEntry[]) => docx(good, others);

/** A text that compresses, but not as a bomb does. */
export const numbers = (count: number): string => Array.from({ length: count }, (_, at) => `${at} `).join('');
