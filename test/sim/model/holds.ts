/** A hold as the reference model knows it. */
export interface ModelHold {
  readonly tag: string;
  readonly user: string;
  readonly conversation?: string;
  /** When the request for it began and ended. */
  readonly from: number;
  id?: string;
  /** Undefined while it isn't known whether it was placed. */
  placedAt?: number;
  /** When all that was stored had no expiry any more. */
  appliedAt?: number;
  /** The job that applies it. */
  job?: string;
  /** When a request to release it began. From then on it may be released. */
  releaseFrom?: number;
  releasedAt?: number;
}

/** A time without a gap in which content is on hold, up to now. */
interface Coverage {
  readonly start: number;
  readonly appliedAt: number;
}

const concerns = (hold: ModelHold, conversation: string | undefined): boolean =>
  hold.conversation === undefined || conversation === undefined || hold.conversation === conversation;

/** The holds of one user. */
export class ModelHolds {
  public all: ModelHold[] = [];

  /** Holds that surely are in place. */
  public active(): ModelHold[] {
    return this.all.filter((hold) => hold.placedAt !== undefined && hold.releaseFrom === undefined);
  }

  /**
   * Whether some content surely is on hold at a time and since.
   *
   * @param conversation the conversation that it is; by default, a file or a prompt, which any hold keeps
   */
  public isOn(time: number, conversation?: string): boolean {
    return this.active().some((hold) => Number(hold.placedAt) <= time && concerns(hold, conversation));
  }

  /** Whether some content may have been on hold at some time since then. */
  public mayBeOnSince(time: number, conversation?: string): boolean {
    return this.all.some(
      (hold) => (hold.releasedAt ?? Number.POSITIVE_INFINITY) >= time && concerns(hold, conversation),
    );
  }

  /** Since when some content surely is on hold without a gap; undefined if it isn't. */
  public coverage(conversation?: string): Coverage | undefined {
    const sure = this.all.filter((hold) => hold.placedAt !== undefined && concerns(hold, conversation));
    const open = sure.filter((hold) => hold.releaseFrom === undefined);
    if (open.length === 0) return undefined;
    let first = open.reduce((a, b) => (Number(a.placedAt) <= Number(b.placedAt) ? a : b));
    for (;;) {
      const start = Number(first.placedAt);
      const before = sure.find(
        (hold) => hold.releaseFrom !== undefined && hold.releaseFrom > start && Number(hold.placedAt) < start,
      );
      if (before === undefined) return { start, appliedAt: first.appliedAt ?? Number.POSITIVE_INFINITY };
      first = before;
    }
  }
}
