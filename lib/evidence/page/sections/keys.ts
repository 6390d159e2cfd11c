import { type Content, type Html, html, NOTHING } from '../../../html/html';
import type { Evidence, KeyRow } from '../../core/evidence';
import { fill } from '../html/fill';
import type { PageWords } from '../words/en';
import { breakable, code, lead, list } from './cells';
import { rowsSection } from './section';

type Permission = KeyRow['denied'][number] & Partial<KeyRow['principals'][number]>;

/** A permission or a denial as a clause: what the principal can do, on whose word, and under which conditions. */
function clause({ can, by, through, context, conditions }: Permission, words: PageWords): Html {
  const { principals } = words;
  const parts: Content[] = [
    principals[can],
    by === undefined ? undefined : principals[by],
    through.length === 0 ? undefined : fill(principals.through, { services: through.join(', ') }),
    ...Object.entries(context).map(([name, values]) => fill(principals.context, { name, values: values.join(', ') })),
    ...conditions.map((condition) => fill(principals.condition, { condition })),
  ];
  return html`${parts.filter((part) => part !== undefined).map((part, index) => html`${index > 0 ? ', ' : ''}${part}`)}`;
}

/** The permissions of each principal, so that it is named once. */
function byPrincipal(permissions: readonly Permission[]): Permission[][] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const key = `${permission.kind} ${permission.who}`;
    groups.set(key, [...(groups.get(key) ?? []), permission]);
  }
  return [...groups.values()];
}

function principal(permissions: readonly Permission[], words: PageWords): Html {
  const [{ who = '', kind = 'unknown', assumedBy = [] } = {}] = permissions;
  const assumed =
    assumedBy.length === 0
      ? NOTHING
      : html`<small>${fill(words.principals.assumedBy, { who: assumedBy.join(', ') })}</small>`;
  return html`${code(who)} <small class="kind">${words.principals[kind]}</small>${permissions.map(
    (permission) => html`<small>${clause(permission, words)}</small>`,
  )}${assumed}`;
}

const principals = (row: KeyRow, words: PageWords): Html =>
  html`${list(
    byPrincipal(row.principals).map((of) => principal(of, words)),
    words.principals.none,
  )}${
    row.denied.length === 0
      ? NOTHING
      : html`<p class="denied"><b>${words.principals.denied}</b></p>${list(byPrincipal(row.denied).map((of) => principal(of, words)))}`
  }${row.unknown.length === 0 ? NOTHING : html`<p class="open"><b>${words.principals.incomplete}:</b></p>${list(row.unknown)}`}`;

const byType = (protects: KeyRow['protects']): (readonly [type: string, names: readonly string[]])[] =>
  [...new Set(protects.map(({ type }) => type))].map((type) => [
    type,
    protects.filter((of) => of.type === type).map(({ name }) => name),
  ]);

/** Each key, what is under it, and every principal that can read it. */
export const keys = ({ keys: rows }: Evidence, words: PageWords): Html =>
  rowsSection(
    'keys',
    rows,
    [
      lead(
        words.columns.key,
        ({ key }) => key,
        words,
        ({ region }) => region,
      ),
      {
        heading: words.columns.protects,
        look: 'wide',
        cell: ({ protects }) =>
          list(
            byType(protects).map(([type, names]) => html`<small>${breakable(type)}</small>${list(names.map(code))}`),
          ),
      },
      { heading: words.columns.principals, look: 'wide', cell: (row) => principals(row, words) },
    ],
    words,
  );
