import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IS_PUBLISHED } from '../../lib/cli/shared/published';
import type { Page } from './page';

const ROOT = path.join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

const NAME = 'cdk-eu-residency';
/** The package as a command names it, in either state. */
const SPEC = `(?:/path/to/)?${NAME}(?:-\\d[\\w.-]*\\.tgz)?`;

/** Commands that get the package, in code blocks; the rest of the line stays. */
const COMMANDS: readonly [pattern: RegExp, command: (spec: string, isPublished: boolean, found: string) => string][] = [
  [line(`npm install ${SPEC}`), (spec) => `npm install ${spec}`],
  [
    line(`npx --yes --package=${SPEC} eu-residency init chat(?: --package=\\S+)?`),
    (spec, isPublished) =>
      `npx --yes --package=${spec} eu-residency init chat${isPublished ? '' : ` --package=${spec}`}`,
  ],
  [
    line(`npx --yes --package=${SPEC} eu-residency init --ci (?:github|gitlab)(?: --package=vendor/${SPEC})?`),
    (spec, isPublished, found) => {
      const system = / --ci (?<name>\w+)/.exec(found)?.groups?.name;
      const copy = isPublished ? '' : ` --package=vendor/${path.posix.basename(spec)}`;
      return `npx --yes --package=${spec} eu-residency init --ci ${system}${copy}`;
    },
  ],
  [line(`npx --yes --package=${SPEC} eu-residency check`), (spec) => `npx --yes --package=${spec} eu-residency check`],
];

function line(command: string): RegExp {
  return new RegExp(`^${command}(?=\\s|$)`, 'gm');
}

/** A page with the commands that work: they name a tarball until a registry has the package. */
export function withInstallCommands(page: string, isPublished: boolean): string {
  const spec = isPublished ? NAME : `/path/to/${NAME}-${version}.tgz`;
  return COMMANDS.reduce(
    (text, [pattern, command]) => text.replace(pattern, (found) => command(spec, isPublished, found)),
    page,
  );
}

/** Every page with such a command. */
export const INSTALL_PAGES: readonly string[] = [
  'README.md',
  'docs/CI.md',
  'docs/CONSTRUCTS.md',
  'docs/GUARD.md',
  'docs/HOOK.md',
  'docs/TERRAFORM.md',
];

/** The pages as they should be now. */
export const installCommands: readonly Page[] = INSTALL_PAGES.map((file) => ({
  file,
  render: () => withInstallCommands(readFileSync(path.join(ROOT, file), 'utf8'), IS_PUBLISHED),
}));
