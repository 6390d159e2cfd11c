import { type Declarations, joined, NO_DECLARATIONS } from '../guard/declarations/declarations';
import { loadDeclarations } from './load-declarations';

/**
 * What the owner of an app declares about it: exceptions with reason, approver and last day, known places, and other
 * boundaries for some stacks. It comes from a file that you name, so that the file can have code owners.
 */
export class ResidencyDeclarations {
  /**
   * Reads a `residency-exceptions.yaml`.
   *
   * @param path where it is, from the working folder
   * @throws if there is no such file, or it has mistakes; the message names each with its line
   */
  public static fromFile(path: string): ResidencyDeclarations {
    return new ResidencyDeclarations(loadDeclarations(path));
  }

  /** Nothing is declared: nothing that a rule refuses passes. */
  public static none(): ResidencyDeclarations {
    return new ResidencyDeclarations(NO_DECLARATIONS);
  }

  /**
   * What a `residency.yaml` holds.
   *
   * @internal
   */
  public static _of(...all: Declarations[]): ResidencyDeclarations {
    return new ResidencyDeclarations(joined(all));
  }

  private constructor(
    /** @internal */
    public readonly _data: Declarations,
  ) {}
}
