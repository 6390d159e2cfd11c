import { writeSync } from 'node:fs';
import { asUnicode, withoutCommands } from './commands';
import { COLOURED, usesColour } from './paint';

/**
 * An error whose message is all that a user needs: what was found, where, and how to fix it. When nothing catches it, the
 * process prints the message alone and exits with 1, where Node would print a page of its own source first.
 */
export abstract class ReportedError extends Error {
  /**
   * @param message the text without colour
   * @param coloured the text for a terminal
   */
  protected constructor(message: string, coloured: string = message.replace(/^[^\n]*/, COLOURED.bold)) {
    super(message);
    // A tool that prints the stack of an error, as jest does, shows the message and none of our own frames.
    this.stack = message;
    Object.defineProperty(this, 'coloured', { value: coloured, enumerable: false });
    reportUncaught();
  }

  /** The text for a terminal. */
  declare private readonly coloured: string;

  /** The message, in colour where the stream takes it, and without a text that a CI system would execute. */
  public textFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): string {
    return withoutCommands(usesColour(stream, env) ? this.coloured : this.message, asUnicode);
  }
}

let isReporting = false;

/** Begins to report once such an error exists, so that a process without one keeps Node's own behaviour. */
function reportUncaught(): void {
  if (isReporting) return;
  isReporting = true;
  process.on('uncaughtExceptionMonitor', (error) => {
    // An app that handles uncaught errors itself goes on doing so.
    if (!(error instanceof ReportedError) || process.listenerCount('uncaughtException') > 0) return;
    // Synchronous, because the process ends here, and a pipe would lose what is still buffered.
    writeSync(process.stderr.fd, `${error.textFor(process.stderr)}\n`);
    process.exit(1);
  });
}
