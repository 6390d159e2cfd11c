/**
 * Writes the generated pages of the documentation, each made from the same data that the code runs on.
 * `npm run docs` writes them; a test of each page renders it again and compares.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { architecturePage, readmePicture } from './pages/architecture-page';
import { commandPage } from './pages/command-page';
import { compatibilityPage } from './pages/compatibility-page';
import { configPage } from './pages/config-page';
import type { Page } from './pages/page';
import { rulesPage } from './pages/rules-page';

const PAGES: readonly Page[] = [architecturePage, readmePicture, commandPage, compatibilityPage, configPage, rulesPage];

for (const { file, render } of PAGES) writeFileSync(path.join(__dirname, '..', file), render());
