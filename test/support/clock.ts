/**
 * A module that sets the clock of a process, by `--import`, to the day on which tests synthesize: exceptions end, and facts grow old.
 */
export const CLOCK = `data:text/javascript,${encodeURIComponent(`const now = Date.parse('2026-12-01T12:00:00Z');
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [now] : given));
  }
  static now() {
    return now;
  }
};`)}`;
