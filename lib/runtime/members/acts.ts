/** What an administrator can do to a membership, by its name in records. */
export type MemberAct =
  | 'member.list'
  | 'member.show'
  | 'member.add'
  | 'member.set-roles'
  | 'member.disable'
  | 'member.enable'
  | 'member.sign-out'
  | 'member.remove';

declare module '../http/records/record-names' {
  interface Acts extends Record<MemberAct, true> {}
  interface Routes {
    members: true;
  }
}
