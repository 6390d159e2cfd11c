/** What an auditor can do with records, by its name in records. */
export type RecordAct = 'record.list' | 'usage.list';

declare module '../http/records/record-names' {
  interface Acts extends Record<RecordAct, true> {}
  interface Routes {
    records: true;
  }
}
