import type { LocalRequest, LocalResponse, LocalService } from '@/lib/local/aws/shared/request-handler';
import type { Random } from '../engine/random';
import { BEHIND_MS, type RecordedRows } from './recorded-rows';

/** The part of the reads without `ConsistentRead` that a replica answers which is behind. */
const STALE = 0.5;

const READS = ['GetItem', 'Query', 'Scan'];

/** The tables, whose reads return an earlier version now and then, unless they ask for consistency. */
export class Replica implements LocalService {
  constructor(
    private readonly tables: LocalService,
    private readonly rows: RecordedRows,
    private readonly random: Random,
  ) {}

  public answer(request: LocalRequest): Promise<LocalResponse> {
    if (isConsistent(request) || !this.random.chance(STALE)) return this.tables.answer(request);
    return this.rows.behind(this.random.between(1, BEHIND_MS), () => this.tables.answer(request));
  }
}

function isConsistent({ headers, body }: LocalRequest): boolean {
  const operation = (headers['x-amz-target'] ?? '').replace(/^.*\./, '');
  return !READS.includes(operation) || JSON.parse(new TextDecoder().decode(body)).ConsistentRead === true;
}
