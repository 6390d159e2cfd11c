import { existsSync } from 'node:fs';

/** The folder that `cdk synth` writes, which commands read by default. */
export const DEFAULT_ASSEMBLY = 'cdk.out';

/** Says where the default folder comes from, if it doesn't exist yet. */
export const withoutAssembly = <T extends { readonly file: string; readonly error: string }>(input: T): T =>
  input.file === DEFAULT_ASSEMBLY && !existsSync(input.file)
    ? { ...input, error: `${input.error}; run 'cdk synth' first, or name the files to read` }
    : input;
