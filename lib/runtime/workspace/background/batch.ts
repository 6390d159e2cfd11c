import { numberOf, optionalNumberOf, type Row, textOf } from '../store/row';
import type { BatchEndpoint, BatchError } from './batch-lines';

export type BatchStatus =
  | 'validating'
  | 'in_progress'
  | 'completed'
  | 'failed'
  | 'expired'
  | 'cancelling'
  | 'cancelled';

/** The encrypted part of a batch's row. */
export interface BatchRecord {
  readonly endpoint: BatchEndpoint;
  readonly inputFile: string;
  /** The IDs of the files that it writes at the end, chosen at its beginning, so that a repeated step writes the same ones. */
  readonly outputFile: string;
  readonly errorFile: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly errors?: readonly BatchError[];
  /** Which of the files exist. */
  readonly written?: { readonly output: boolean; readonly error: boolean };
}

/** The times of a batch in Unix milliseconds, by attribute of its row. */
export const TIMES = {
  in_progress_at: 'startedAt',
  completed_at: 'completedAt',
  failed_at: 'failedAt',
  expired_at: 'expiredAt',
  cancelling_at: 'cancellingAt',
  cancelled_at: 'cancelledAt',
} as const;

/** For how long a batch may run: the only window that OpenAI has. */
export const WINDOW_MS = 86_400_000;

/** A batch as OpenAI's clients read it. */
export function toBatch(id: string, row: Row, record: BatchRecord) {
  const createdAt = numberOf(row, 'createdAt');
  const { errors, written } = record;
  return {
    id,
    object: 'batch' as const,
    endpoint: record.endpoint,
    errors: errors === undefined ? null : { object: 'list', data: errors },
    input_file_id: record.inputFile,
    completion_window: '24h',
    status: textOf(row, 'status') as BatchStatus,
    output_file_id: written?.output ? record.outputFile : null,
    error_file_id: written?.error ? record.errorFile : null,
    created_at: seconds(createdAt),
    expires_at: seconds(createdAt + WINDOW_MS),
    finalizing_at: null,
    ...(Object.fromEntries(
      Object.entries(TIMES).map(([name, attribute]) => {
        const at = optionalNumberOf(row, attribute);
        return [name, at === undefined ? null : seconds(at)];
      }),
    ) as Readonly<Record<keyof typeof TIMES, number | null>>),
    request_counts: {
      total: optionalNumberOf(row, 'total') ?? 0,
      completed: optionalNumberOf(row, 'completed') ?? 0,
      failed: optionalNumberOf(row, 'failed') ?? 0,
    },
    /** Not OpenAI's: how often a model may have been called again for a line, because a worker crashed. */
    repeated_calls: optionalNumberOf(row, 'repeated') ?? 0,
    metadata: record.metadata,
  };
}

export type BatchObject = ReturnType<typeof toBatch>;

export const isOver = (row: Row): boolean =>
  !(['validating', 'in_progress', 'cancelling'] as readonly string[]).includes(textOf(row, 'status'));

const seconds = (ms: number) => Math.floor(ms / 1_000);
