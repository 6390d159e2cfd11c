/** What an administrator can do about the rights of users, by its name in records. */
export type RightAct =
  | 'right.export'
  | 'right.release-export'
  | 'right.erase'
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
