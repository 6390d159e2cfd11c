import { type Html, html, NOTHING } from '../../../html/html';
import type { ExternalLine } from '../../../report/inventory-line';
import type { Evidence } from '../../core/evidence';
import { fill } from '../html/fill';
import { table } from '../html/table';
import type { PageWords } from '../words/en';
import { breakable, cell, code, english, lead, list, moment, regionCode } from './cells';
import { rowsSection, section } from './section';

type Section = (evidence: Evidence, words: PageWords) => Html;

export const tenants: Section = ({ tenants: rows }, words) =>
  rowsSection(
    'tenants',
    rows,
    [
      lead(
        words.columns.tenant,
        ({ tenant }) => tenant,
        words,
        ({ kind }) => words.kinds[kind],
      ),
      { heading: words.columns.region, cell: ({ region }) => regionCode(region) },
      { heading: words.columns.retention, cell: ({ retention }) => cell(retention, words) },
      { heading: words.columns.models, cell: ({ models }) => list(models.map(code)) },
    ],
    words,
  );

export const stores: Section = ({ stores: rows }, words) =>
  rowsSection(
    'stores',
    rows,
    [
      lead(
        words.columns.store,
        ({ name }) => name,
        words,
        ({ kind }) => kind,
      ),
      {
        heading: words.columns.region,
        cell: ({ region, country }) => html`${regionCode(region)} ${cell(country, words)}`,
      },
      { heading: words.columns.key, cell: ({ key }) => cell(key, words) },
      { heading: words.columns.retention, cell: ({ retention }) => cell(retention, words) },
    ],
    words,
  );

export const models: Section = ({ models: rows }, words) =>
  rowsSection(
    'models',
    rows,
    [
      lead(
        words.columns.destination,
        ({ destination }) => destination,
        words,
        ({ external }) => external && provider(external, words),
      ),
      { heading: words.columns.servesAs, cell: ({ models: names }) => list(names.map(code)) },
      { heading: words.columns.processedIn, cell: ({ processedIn }) => cell(processedIn, words) },
      { heading: words.columns.providerRetains, cell: ({ providerRetains }) => cell(providerRetains, words) },
      { heading: words.columns.endsOn, look: 'small', cell: ({ endsOn }) => endsOn ?? words.noDate },
    ],
    words,
  );

/** The provider of a destination outside AWS: its company, its host, what it retains anyway, and what the owner declares. */
function provider(
  { provider: name, host, company, ownerCountry, retainsAnyway, contract, accepted, deployment }: ExternalLine,
  page: PageWords,
): Html {
  const { external: words } = page;
  const law = ownerCountry === null ? NOTHING : html` (${fill(words.law, { country: ownerCountry })})`;
  const declared = [
    ...(deployment ? [html`${deployment.sku}${deployment.readOn === undefined ? '' : ` (${deployment.readOn})`}`] : []),
    ...(contract === undefined ? [] : [fill(words.contract, { contract })]),
    ...(accepted === undefined ? [] : [fill(words.accepted, { reason: accepted })]),
  ];
  return html`${name}: ${company ?? '–'}${law}, ${breakable(host)}. <span${english(page)}>${retainsAnyway}</span>${declared.map((one) => html`<br>${one}`)}`;
}

export const exceptions: Section = ({ exceptions: rows }, words) =>
  rowsSection(
    'exceptions',
    rows,
    [
      lead(words.columns.rule, ({ rule }) => rule, words),
      { heading: words.columns.why, look: 'wide', cell: ({ why }) => why },
      { heading: words.columns.approvedBy, cell: ({ approvedBy }) => approvedBy ?? '–' },
      { heading: words.columns.expires, look: 'small', cell: ({ expires }) => expires ?? '–' },
    ],
    words,
  );

/** The property that a pointer into a template names; none if it leads to a whole resource. */
function belowResource(path = ''): Html | undefined {
  const below = path.replace(/^\/Resources\/[^/]*(?:\/Properties)?\/?/, '');
  return below === '' ? undefined : code(below);
}

export const findings: Section = ({ findings: rows }, words) =>
  rowsSection(
    'findings',
    rows,
    [
      lead(
        words.columns.finding,
        ({ criterion }) => criterion,
        words,
        ({ pointer: { path } }) => belowResource(path),
      ),
      { heading: words.columns.level, look: 'small', cell: ({ level }) => words.levels[level] },
    ],
    words,
  );

export const alarms: Section = ({ alarms: rows }, words) =>
  rowsSection(
    'alarms',
    rows,
    [
      lead(words.columns.alarm, ({ name }) => name, words),
      { heading: words.columns.region, look: 'small', cell: ({ region }) => regionCode(region) },
      { heading: words.columns.meaning, cell: ({ meaning }) => meaning || '–' },
      { heading: words.columns.notifies, cell: ({ notifies }) => list(notifies.map(breakable)) },
    ],
    words,
  );

/** Absent from a report that read no account. */
export const live: Section = ({ live: rows }, words) =>
  rows === undefined
    ? html``
    : rowsSection(
        'live',
        rows,
        [
          lead(words.columns.statement, ({ criterion }) => criterion, words),
          { heading: words.columns.readAt, look: 'small', cell: ({ readAt }) => moment(readAt) },
        ],
        words,
      );

export const templates: Section = ({ head }, words) =>
  section(
    'templates',
    words,
    table({
      section: 'templates',
      columns: [
        { heading: words.columns.stack, look: 'lead', cell: ({ stack }) => html`<strong>${code(stack)}</strong>` },
        { heading: words.columns.file, cell: ({ file }) => code(file) },
        { heading: words.columns.hash, look: 'wide', cell: ({ sha256 }) => code(sha256) },
      ],
      rows: head.templates,
      none: words.none,
    }),
  );
