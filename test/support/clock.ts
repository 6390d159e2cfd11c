/** A module that sets the clock of a process, by `--import`. */
export const clockAt = (time: Date): string =>
  `data:text/javascript,${encodeURIComponent(`const now = ${time.getTime()};
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [now] : given));
  }
  static now() {
    return now;
  }
};`)}`;

/** The day on which tests synthesize: exceptions end, and facts grow old. */
export const CLOCK = clockAt(new Date('2026-12-01T12:00:00Z'));
