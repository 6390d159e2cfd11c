/** What the help page of a command says. */
export interface CommandHelp {
  /** What the command does, in one line that fits a terminal of 80 columns next to its name. */
  readonly summary: string;
  /** Each form of the command line, without the program's name, and what this form does if there are several. */
  readonly usage: readonly (readonly [form: string, meaning?: string])[];
  /** Arguments and options. */
  readonly options: readonly (readonly [option: string, meaning: string])[];
  /** Environment variables that the command reads. */
  readonly environment?: readonly (readonly [name: string, meaning: string])[];
  /** What else a user has to know. */
  readonly notes?: readonly string[];
  /** Command lines, without the program's name. */
  readonly examples: readonly string[];
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[];
}
