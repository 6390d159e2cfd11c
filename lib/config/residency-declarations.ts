import { type Declarations, joined, NO_DECLARATIONS } from '../guard/declarations/declarations';
import { loadDeclarations } from './load-declarations';

/**
 * Declarations of an app's owner: exceptions with a reason, an approver and an expiry date, known places, and other
 * boundaries for some stacks. They come from a file that you name, so that the file can have code owners.
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

  /** No declarations: everything that a rule refuses is blocked. */
  public static none(): ResidencyDeclarations {
    return new ResidencyDeclarations(NO_DECLARATIONS);
  }

  /**
   * The declarations of a `residency.yaml`.
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
