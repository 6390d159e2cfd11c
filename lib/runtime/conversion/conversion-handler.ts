import type { PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import type { Conversion, Converter } from './converter';

/** What the handler reads from a batch of the stream of requests. */
export interface ConversionBatch {
  readonly Records?: readonly {
    readonly eventName?: string;
    readonly dynamodb?: {
      readonly Keys?: {
        readonly [PARTITION_KEY]?: { readonly S?: string };
        readonly [SORT_KEY]?: { readonly S?: string };
      };
    };
  }[];
}

/**
 * Converts the files of a batch, one after the other. The batch is tried again if a store failed; a file that can't be converted is
 * answered too, so that it delays no others. The log contains only counts and times.
 */
export function conversionHandler(converter: Pick<Converter, 'convert'>, log: (line: object) => void) {
  return async ({ Records = [] }: ConversionBatch): Promise<void> => {
    const started = Date.now();
    const counts: Record<Conversion, number> = { converted: 0, failed: 0, withdrawn: 0 };
    const errors = new Set<string>();
    for (const { eventName, dynamodb } of Records) {
      if (eventName !== 'INSERT') continue;
      const { pk, sk } = dynamodb?.Keys ?? {};
      try {
        counts[await converter.convert(pk?.S ?? '', sk?.S ?? '')]++;
      } catch (error) {
        // A message could name more than its error.
        errors.add((error as Error).name);
      }
    }
    log({ event: 'files-converted', ...counts, errors: [...errors], milliseconds: Date.now() - started });
    if (errors.size > 0) throw new Error(`files were not converted: ${[...errors].join(', ')}`);
  };
}
