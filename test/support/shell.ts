import path from 'node:path';

/** The folder of what a machine with Node alone doesn't have. */
const WHERE_MISSING = path.join(__dirname, 'where-missing');

/** The environment of a shell in which documented commands run, by the machine's own programs where it has them. */
export const shellEnvironment = (environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  ...environment,
  PATH: [process.env.PATH, WHERE_MISSING].join(path.delimiter),
});
