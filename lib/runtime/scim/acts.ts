/** What an identity system does by SCIM, by its name in records. */
export type ScimAct =
  | 'scim.read'
  | 'scim.user.create'
  | 'scim.user.change'
  | 'scim.user.delete'
  | 'scim.group.create'
  | 'scim.group.change'
  | 'scim.group.delete';

declare module '../http/records/record-names' {
  interface Acts extends Record<ScimAct, true> {}
  interface Routes {
    scim: true;
  }
}
