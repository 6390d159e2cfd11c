import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PythonTools } from '../../support/python-tools';

const ACTIONLINT = 'v1.7.12';

/** check-jsonschema, which contains the schemas of GitHub and GitLab, and pre-commit. */
export const PYTHON_TOOLS = new PythonTools(path.join(__dirname, 'requirements.txt'), 'ci');

const FOLDER = path.join(__dirname, '../../../.local/ci', `actionlint-${ACTIONLINT}`);

/** The path of actionlint. */
export const actionlint = path.join(FOLDER, 'actionlint');

/** Compiles actionlint with Go, unless that has been done. */
export function installActionlint(): void {
  if (existsSync(actionlint)) return;
  execFileSync('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@${ACTIONLINT}`], {
    env: { ...process.env, GOBIN: FOLDER },
    stdio: 'pipe',
  });
}
