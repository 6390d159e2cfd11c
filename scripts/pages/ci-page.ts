import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECK_INPUTS } from '../ci/check-inputs';
import { GITHUB_INPUTS } from '../ci/github-action';
import { GITLAB_INPUTS } from '../ci/gitlab-component';
import type { Page } from './page';

const TABLE = /(?<=\n\| input \| default \| of \| meaning \|\n\|---\|---\|---\|---\|\n).*?(?=\n## )/s;

/** The table of the inputs in docs/CI.md. */
export const ciPage: Page = {
  file: 'docs/CI.md',
  render: () => {
    const page = readFileSync(path.join(__dirname, '../../docs/CI.md'), 'utf8');
    if (!TABLE.test(page)) throw new Error('docs/CI.md: there is no table of inputs; restore its first two lines');
    const rows = [
      ...CHECK_INPUTS.map((input) => ({ ...input, of: 'both' })),
      ...GITHUB_INPUTS.map((input) => ({ ...input, of: 'GitHub' })),
      ...GITLAB_INPUTS.map((input) => ({ ...input, of: 'GitLab' })),
    ];
    return page.replace(TABLE, `${rows.map(row).join('\n')}\n`);
  },
};

const row = ({
  name,
  fallback,
  of,
  description,
}: {
  name: string;
  fallback: string;
  of: string;
  description: string;
}) => `| \`${name}\` | ${fallback === '' ? 'none' : `\`${fallback}\``} | ${of} | ${description} |`;
