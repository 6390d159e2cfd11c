/** The owner's own rate for another currency; none is looked up. */
export interface Currency {
  /** Euros for one US dollar. */
  readonly EUR: number;
  /** The day of the rate. */
  readonly asOf: string;
}

/** Whole cents of a dollar as whole cents of a euro. */
export const euroCents = (cents: number, { EUR }: Currency): number => Math.round(Number((cents * EUR).toFixed(6)));
