/** Why a request about a user's rights is refused now. */
export type RefusalReason =
  | 'held'
  | 'erased'
  | 'uncertified'
  | 'present'
  | 'same'
  | 'early'
  | 'late'
  | 'related'
  | 'unreleasable'
  | 'unconfirmable'
  | 'uncallable'
  | 'ending';

/** A refusal of an administrator's request, with its reason. */
export class Refused extends Error {
  public override readonly name = 'Refused';

  constructor(
    public readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }
}
