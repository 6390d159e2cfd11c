/** What an administrator can do about the rights of users, or a user about their own, by its name in records. */
export type RightAct =
  | 'right.export'
  | 'right.release-export'
  | 'right.erase'
  | 'right.confirm-erasure'
  | 'right.readmit'
  | 'right.close'
  | 'right.call-off'
  | 'right.hold'
  | 'right.release-hold'
  | 'right.list';

declare module '../http/records/record-names' {
  interface Acts extends Record<RightAct, true> {}
  interface Routes {
    rights: true;
  }
}
