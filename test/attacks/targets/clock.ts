/** Replaces the clock of this process by one that can be moved. */
export function movableClock(): (ms: number) => void {
  const RealDate = Date;
  let offset = 0;
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [number]) {
      if (given.length === 0) super(RealDate.now() + offset);
      else super(...given);
    }

    public static override now(): number {
      return RealDate.now() + offset;
    }
  } as DateConstructor;
  return (ms) => {
    offset = ms;
  };
}
