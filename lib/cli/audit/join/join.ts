import type { ResidencyBoundary } from '../../../boundary/boundary';
import { decideRegion } from '../../../boundary/region';
import { RESIDENCY_EVENT } from '../../../contract/metrics';
import type { LeafLine } from '../../../ledger/leaf-line';
import { leavesFile } from '../ledger/hour-files';
import { Numbers } from '../ledger/numbers';
import type { Findings } from '../shared/finding';
import type { BedrockCall } from '../trail/bedrock-call';
import { Attempts } from './attempts';
import { type EvidenceRecord, evidenceRecord, type RecordedAttempt } from './evidence-record';
import { HourCounts } from './hour-counts';
import { RequestIndex } from './request-index';
import { Rows } from './rows';

const HOUR_MS = 3_600_000;
/** A record is an hour late at most, and a request that it is of began at most an hour before it was written. */
const LATE_MS = 2 * HOUR_MS;

/** Why nothing but the record says where another provider served a call. */
const WITHOUT_TRAIL = {
  openai: 'the call is of OpenAI, which CloudTrail does not record',
  vpc: 'the call is of a server of your own, which CloudTrail does not record',
  external: 'the call is of a provider outside AWS, which CloudTrail does not record',
} as const;

/** The days of a statement, in milliseconds since 1970: the end is excluded. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/**
 * Joins records of the ledger with events of the trail by the provider's ID of each call. First come the leaves, then the events, then
 * `finish`.
 */
export class Join {
  public requests = 0;
  public inside = 0;
  public readonly outside = new Rows();
  public readonly unaccounted = new Rows();
  public readonly notJoinable = new Rows();
  /** Events that CloudTrail delivered more than once, which it may. */
  public repeatedEvents = 0;
  public readonly numbers = new Numbers();
  private readonly calledRegions = new Set<string>();
  private readonly eventRegions = new Set<string>();
  private readonly attempts = new Attempts();
  private readonly byRequest = new RequestIndex();
  private readonly unrecorded = new RequestIndex();
  private readonly places = new Map<string, boolean>();
  private readonly counts: HourCounts;
  /** The hour of the last leaf, with its file and when it began. */
  private hour: string | undefined;
  private file = '';
  private start = 0;

  constructor(
    private readonly boundary: ResidencyBoundary,
    private readonly days: Days,
    private readonly findings: Findings,
  ) {
    this.counts = new HourCounts(findings);
  }

  public leaf({ record }: LeafLine, hour: string): void {
    if (hour !== this.hour) [this.hour, this.file, this.start] = [hour, leavesFile(hour), Date.parse(`${hour}:00:00Z`)];
    const { file } = this;
    this.counts.add(record, hour);
    if (record.event === 'hour' || record.event === 'overflow') return;
    if (record.event === 'gap') {
      this.gap(record, file);
      return;
    }
    const read = record.event === RESIDENCY_EVENT ? evidenceRecord(record) : undefined;
    if (read === undefined) {
      this.findings.failure(file, 'a leaf of another form', 'records, gaps, overflows and the end of the hour');
    } else if (!this.numbers.add(read.stream, read.seq)) {
      this.findings.failure(file, `a second record ${read.seq} of the stream ${read.stream}`, 'each number once');
    } else {
      this.requireHour(read);
      this.record(read, file);
    }
  }

  public call(call: BedrockCall, file: string): void {
    // Of other operations, only those that left the boundary concern a statement.
    if (!call.isModelCall && (call.servedIn === undefined || this.isInside(call.servedIn))) return;
    this.eventRegions.add(call.region);
    const number = this.byRequest.get(call.requestId);
    if (number === undefined) {
      this.callWithoutRecord(call);
      return;
    }
    const event = eventHash(call.eventId);
    const joined = this.attempts.eventOf(number);
    if (joined === event) {
      this.repeatedEvents += 1;
    } else if (joined !== 0) {
      const record = this.attempts.recordOf(number);
      this.findings.failure(file, `a second event of the call of record ${record}`, 'one event of each call');
      if (call.servedIn !== undefined && !this.isInside(call.servedIn) && this.concerns(call, number)) {
        this.outside.add({ ...rowOf(call), record, reason: 'served outside the boundary, in a second event' });
      }
    } else {
      this.attempts.join(number, event);
      if (this.concerns(call, number)) this.place(call, number, file);
    }
  }

  /** Names the attempts without an event. */
  public finish(): void {
    for (let number = 0; number < this.attempts.count; number += 1) {
      if (!this.attempts.isInPeriod(number) || this.attempts.eventOf(number) !== 0) continue;
      const [record, region] = [this.attempts.recordOf(number), this.attempts.regionOf(number)];
      this.notJoinable.add({ record, region, reason: 'no event in the trail has its request ID' });
    }
  }

  /** Regions that records or events name as called. */
  public get regions(): ReadonlySet<string> {
    return new Set([...this.calledRegions, ...this.eventRegions]);
  }

  private record(record: EvidenceRecord, file: string): void {
    const { id, time, attempts, lacksAttempts } = record;
    const isInPeriod = this.isInPeriod(time);
    if (isInPeriod) this.requests += 1;
    if (lacksAttempts && isInPeriod) this.notJoinable.add({ time, record: id, reason: 'the record has no attempts' });
    for (const attempt of attempts) this.attempt(record, attempt, isInPeriod, file);
  }

  private attempt(
    { id, time, mayProcess }: EvidenceRecord,
    attempt: RecordedAttempt,
    isInPeriod: boolean,
    file: string,
  ) {
    const { provider, region, requestIds } = attempt;
    if (provider !== 'bedrock') {
      // An ID of such a call that is also one of the trail's would be another call's.
      if (isInPeriod) this.notJoinable.add({ time, record: id, region, reason: WITHOUT_TRAIL[provider] });
      return;
    }
    this.calledRegions.add(region);
    if (requestIds.length === 0 && isInPeriod) {
      this.notJoinable.add({ time, record: id, region, reason: 'the record has no request ID' });
    }
    for (const requestId of requestIds) {
      if (this.byRequest.add(requestId, this.attempts.count) !== undefined) {
        this.findings.failure(file, `record ${id} with the request ID of another record`, 'each request ID once');
      } else this.attempts.add({ record: id, region, mayProcess: mayProcess.join(' '), isInPeriod });
    }
  }

  private gap({ stream, seq, to }: LeafLine['record'], file: string): void {
    const isWhole = typeof stream === 'string' && /^[\w-]{1,64}$/.test(stream) && [seq, to].every(Number.isSafeInteger);
    if (isWhole) this.numbers.addGap(stream, seq as number, to as number);
    else this.findings.failure(file, 'a gap of another form', 'stream, seq and to');
  }

  private callWithoutRecord(call: BedrockCall): void {
    if (!this.isInPeriod(call.time)) return;
    if (this.unrecorded.add(call.eventId, 0) !== undefined) {
      this.repeatedEvents += 1;
      return;
    }
    const row = { ...rowOf(call), caller: call.caller };
    if (call.servedIn !== undefined && !this.isInside(call.servedIn)) {
      this.outside.add({ ...row, reason: 'served outside the boundary, and no record names it' });
    } else this.unaccounted.add({ ...row, reason: 'no record names it' });
  }

  private place(call: BedrockCall, number: number, file: string): void {
    const { attempts, findings } = this;
    const { region, servedIn } = call;
    const row = (reason: string) => ({ ...rowOf(call), record: attempts.recordOf(number), reason });
    if (region !== attempts.regionOf(number)) {
      findings.failure(
        file,
        `a call of record ${attempts.recordOf(number)} in ${region}`,
        `a call in ${attempts.regionOf(number)}`,
      );
    }
    if (servedIn === undefined) this.unaccounted.add(row('the trail names no Region that served it'));
    else if (!this.isInside(servedIn)) this.outside.add(row('served outside the boundary'));
    else {
      this.inside += 1;
      if (!` ${attempts.mayProcessOf(number)} `.includes(` ${servedIn} `)) {
        const found = `a call of record ${attempts.recordOf(number)} served in ${servedIn}`;
        findings.failure(file, found, 'a Region that the record names');
      }
    }
  }

  private isInside(region: string): boolean {
    const known = this.places.get(region);
    if (known !== undefined) return known;
    const { inside } = decideRegion(this.boundary, region);
    this.places.set(region, inside);
    return inside;
  }

  /** A record could state a time outside the period, so that its call isn't counted. */
  private concerns(call: BedrockCall, number: number): boolean {
    return this.attempts.isInPeriod(number) || this.isInPeriod(call.time);
  }

  private requireHour({ id, time }: EvidenceRecord): void {
    const at = Date.parse(time);
    if (this.start - LATE_MS <= at && at < this.start + HOUR_MS) return;
    this.findings.failure(this.file, `record ${id} of ${time}`, 'records of the hour and of the two before it');
  }

  private isInPeriod(time: string): boolean {
    const at = Date.parse(time);
    return this.days.from <= at && at < this.days.to;
  }
}

const rowOf = ({ time, requestId, region, servedIn }: BedrockCall) => ({ time, requestId, region, servedIn });

/** FNV-1a: it tells the few events of one call apart. Never 0, which stands for no event. */
function eventHash(eventId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < eventId.length; index += 1) {
    hash = Math.imul(hash ^ eventId.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0 || 1;
}
