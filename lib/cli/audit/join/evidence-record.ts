import { providerOf } from '../../../boundary/provider-of';

/** A record of a request, as far as an audit reads it. */
export interface EvidenceRecord {
  readonly id: string;
  /** In ISO 8601. */
  readonly time: string;
  readonly stream: string;
  readonly seq: number;
  readonly mayProcess: readonly string[];
  readonly attempts: readonly RecordedAttempt[];
  /** Whether it names a destination without its attempts, as a version without attempts did. */
  readonly lacksAttempts: boolean;
}

/** An attempt at a destination. */
export interface RecordedAttempt {
  readonly provider: ReturnType<typeof providerOf>;
  /** The called Region; of OpenAI, its host. */
  readonly region: string;
  /** The provider's IDs of its calls; embeddings of many texts take several. */
  readonly requestIds: readonly string[];
}

/** Reads the record of a leaf; undefined if it has another form. */
export function evidenceRecord(record: Readonly<Record<string, unknown>>): EvidenceRecord | undefined {
  const { id, time, stream, seq, mayProcess = [], attempts = [] } = record;
  const isWhole =
    isName(id) &&
    isName(stream) &&
    Number.isSafeInteger(seq) &&
    (seq as number) >= 0 &&
    typeof time === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time) &&
    Array.isArray(mayProcess) &&
    mayProcess.every(isName) &&
    Array.isArray(attempts);
  if (!isWhole) return undefined;
  const read = attempts.map(attemptOf);
  if (read.some((attempt) => attempt === undefined)) return undefined;
  return {
    id,
    time,
    stream,
    seq: seq as number,
    mayProcess,
    attempts: read as RecordedAttempt[],
    lacksAttempts: attempts.length === 0 && record.destination !== undefined,
  };
}

function attemptOf(attempt: unknown): RecordedAttempt | undefined {
  const { destination, sourceRegion, requestIds = [] } = (attempt ?? {}) as Readonly<Record<string, unknown>>;
  const isWhole =
    typeof destination === 'string' && isName(sourceRegion) && Array.isArray(requestIds) && requestIds.every(isName);
  return isWhole ? { provider: providerOf(destination), region: sourceRegion, requestIds } : undefined;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.:-]{1,128}$/.test(value);
