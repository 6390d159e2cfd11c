import { RECORDED_REQUESTS } from './recorded';
import type { RecordedSource } from './recorded-sources';
import { RECORDED_ROWS } from './stored';

/** Each log, record, metric, trail and table of a deployment that shows who used what, and when. */
export const RECORDED = { ...RECORDED_REQUESTS, ...RECORDED_ROWS } satisfies Readonly<Record<string, RecordedSource>>;

export type RecordedId = keyof typeof RECORDED;
