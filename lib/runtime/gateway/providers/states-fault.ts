/** What went wrong with the provider states. It repeats no text of an error. */
export interface StatesFault {
  readonly operation: 'read' | 'write';
  /** The error's name; `UnreadableRow` if rows can't be read, although the reading succeeded. */
  readonly error: string;
  /** The names of those rows. */
  readonly names?: readonly string[];
}

/** An error's name, if it has the form of one. */
const nameOf = (error: unknown): string => {
  const name = (error as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' && /^[A-Z][A-Za-z0-9]{0,63}$/.test(name) ? name : 'Error';
};

/** Reports each fault once, and again only after another one or a success: a table that is down for hours is one line. */
export class StatesFaults {
  private readonly last = new Map<StatesFault['operation'], string>();

  constructor(private readonly report: (fault: StatesFault) => void) {}

  /** Notes an operation that failed. */
  public failed(operation: StatesFault['operation'], error: unknown): void {
    this.note({ operation, error: nameOf(error) });
  }

  /** Notes an operation that succeeded, and the names whose rows it couldn't read. */
  public succeeded(operation: StatesFault['operation'], unreadable: ReadonlySet<string> = new Set()): void {
    if (unreadable.size === 0) this.last.delete(operation);
    else this.note({ operation, error: 'UnreadableRow', names: [...unreadable].sort() });
  }

  private note(fault: StatesFault): void {
    const text = JSON.stringify(fault);
    if (this.last.get(fault.operation) === text) return;
    this.last.set(fault.operation, text);
    this.report(fault);
  }
}
