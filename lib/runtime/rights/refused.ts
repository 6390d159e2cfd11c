/** Why a right isn't exercised now. */
export type RefusalReason =
  | 'held'
  | 'erased'
  | 'uncertified'
  | 'present'
  | 'same'
  | 'unreleasable'
  | 'uncallable'
  | 'ending';

/** A refusal with its reason, told to the administrator who asked. */
export class Refused extends Error {
  public override readonly name = 'Refused';

  constructor(
    public readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }
}
