import { readFileSync } from 'node:fs';
import path from 'node:path';
import { githubAction } from '@/scripts/ci/github-action';
import { gitlabComponent } from '@/scripts/ci/gitlab-component';
import { preCommitHooks } from '@/scripts/ci/pre-commit-hooks';
import { ciPage } from '@/scripts/pages/ci-page';

test.each([ciPage, githubAction, gitlabComponent, preCommitHooks])(
  '$file has the version and the inputs of the package; after a change: npm run docs',
  ({ file, render }) => {
    expect(readFileSync(path.join(__dirname, '../..', file), 'utf8')).toBe(render());
  },
);
