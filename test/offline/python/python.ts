import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { PythonTools } from '../../support/python-tools';

const TOOLS = new PythonTools(path.join(__dirname, 'requirements.txt'), 'offline');

/** Installs botocore and cfn-lint as requirements.txt locks them, unless they are installed. */
export const installPython = (): void => TOOLS.install();

/** Runs a script of this folder. It reads JSON and writes JSON. */
export function runScript<Answer>(script: string, input: unknown): Answer {
  const output = execFileSync(TOOLS.program('python'), [path.join(__dirname, script)], {
    input: JSON.stringify(input),
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
