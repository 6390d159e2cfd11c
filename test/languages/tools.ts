import { spawnSync } from 'node:child_process';

/** The exit code of a run that this machine can't do. */
export const NOT_RUN = 77;

const NEEDS: Readonly<Record<string, readonly [command: string, ...args: string[]][]>> = {
  Python: [['python3', '-c', 'import venv, ensurepip']],
  Java: [
    ['javac', '--version'],
    ['mvn', '--version'],
  ],
  Go: [['go', 'version']],
  '.NET': [['dotnet', '--version']],
};

/** The tool that a language needs and this machine lacks; none if it has all. */
export const missingTool = (language: string): string | undefined =>
  NEEDS[language]?.find(([command, ...args]) => spawnSync(command, args, { stdio: 'ignore' }).status !== 0)?.[0];

/** The languages that can't be run, each with the tool that is missing. */
export const notRun = (): [language: string, tool: string][] =>
  Object.keys(NEEDS).flatMap((language) => {
    const tool = missingTool(language);
    return tool === undefined ? [] : [[language, tool]];
  });
