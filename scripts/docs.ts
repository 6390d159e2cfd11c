/**
 * `npm run docs` writes the generated pages and images of the documentation, and the files for CI systems, each from the data that the code itself uses. A test of
 * each page renders it again and compares.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { githubAction } from './ci/github-action';
import { gitlabComponent } from './ci/gitlab-component';
import { preCommitHooks } from './ci/pre-commit-hooks';
import { badges } from './images/badges';
import { refusal } from './images/refusal';
import { architecturePage } from './pages/architecture-page';
import { ciPage } from './pages/ci-page';
import { codePage } from './pages/code-page';
import { commandPage } from './pages/command-page';
import { compatibilityPage } from './pages/compatibility-page';
import { configPage } from './pages/config-page';
import { costPage, readmeCost } from './pages/cost-page';
import { evidencePage } from './pages/evidence-page';
import { factsAgePage } from './pages/facts-age-page';
import { installCommands } from './pages/install-commands';
import { limitsData } from './pages/limits-data';
import { mutationScores } from './pages/mutation-scores';
import type { Page } from './pages/page';
import { releasesPage } from './pages/releases-page';
import { rulesPage } from './pages/rules-page';
import { scalePage } from './pages/scale-page';
import { tenderPage } from './pages/tender-page';

const PAGES: readonly Page[] = [
  ciPage,
  codePage,
  commandPage,
  compatibilityPage,
  configPage,
  evidencePage,
  factsAgePage,
  githubAction,
  gitlabComponent,
  preCommitHooks,
  ...installCommands,
  limitsData,
  mutationScores,
  releasesPage,
  rulesPage,
  scalePage,
  tenderPage,
  // They synthesize the sample, which needs the bundles; the others don't.
  architecturePage,
  costPage,
  readmeCost,
  ...badges,
  refusal,
];

for (const { file, render } of PAGES) writeFileSync(path.join(__dirname, '..', file), render());
