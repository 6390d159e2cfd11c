import path from 'node:path';

/** The folder of substitutes for programs that a machine with only Node lacks. */
const WHERE_MISSING = path.join(__dirname, 'where-missing');

/** The environment of a shell for documented commands. The machine's own programs take precedence over the substitutes. */
export const shellEnvironment = (environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  ...environment,
  PATH: [process.env.PATH, WHERE_MISSING].join(path.delimiter),
});
