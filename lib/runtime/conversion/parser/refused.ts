import type { Failure } from '../../../contract/conversion';

/** A file that isn't converted. */
export class Refused extends Error {
  public override readonly name = 'Refused';

  constructor(public readonly failure: Failure) {
    super(failure);
  }
}
