import { createHash } from 'node:crypto';
import { Html, html } from '../../html/html';
import type { Evidence } from '../core/evidence';
import type { Language } from '../words/languages';
import { LAYOUT } from './look/layout';
import { MAP } from './look/map';
import { print } from './look/print';
import { TABLES } from './look/tables';
import { THEME } from './look/theme';
import { SCRIPT } from './script';
import { drills } from './sections/drills';
import { basisTerms, head, titleOf } from './sections/head';
import { keys } from './sections/keys';
import { places } from './sections/places';
import { side } from './sections/side';
import { alarms, exceptions, findings, live, models, stores, templates, tenants } from './sections/tables';
import { PAGE_WORDS } from './words/page-words';

const SECTIONS = [places, tenants, stores, keys, models, exceptions, findings, alarms, live, drills, templates];

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The evidence as one HTML file that makes no request: its policy allows nothing but the style and the script that it contains. The same
 * evidence gives the same bytes.
 *
 * @param language of the page's own words; what the evidence says stays in English
 */
export function page(evidence: Evidence, language: Language = 'en'): string {
  const words = PAGE_WORDS[language];
  const title = titleOf(evidence.head, words);
  const style = [THEME, LAYOUT, TABLES, MAP, print(title, evidence.head.date)].join('');
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${html`<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}, ${evidence.head.date}</title>
<style>${Html.trusted(style)}</style>
</head>
<body>
<a class="skip" href="#report">${words.skip}</a>
<div class="page">
${head(evidence, words)}${side(evidence, words)}<main id="report" tabindex="-1">
<p class="filtered" id="filtered" data-sentence="${words.controls.filtered}" hidden></p>
${SECTIONS.map((section) => section(evidence, words))}${basisTerms(words)}</main>
</div>
<script>${Html.trusted(SCRIPT)}</script>
</body>
</html>
`}`;
}
