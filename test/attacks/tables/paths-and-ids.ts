import type { AttackTable, RequestAttack } from '../attack';
import { ROUTES } from '../routes';

/** An ID of the other member's, changed so that a check and a lookup might read it differently. */
const FORMS: Readonly<Record<string, (id: string) => string>> = {
  'in upper case': (id) => id.toUpperCase(),
  'with a line end': (id) => `${id}%0a`,
  'with a null byte': (id) => `${id}%00`,
  'with a space': (id) => `%20${id}`,
  'with an escaped letter': (id) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
  'escaped twice': (id) => encodeURIComponent(encodeURIComponent(`#${id}`)),
  'after a path': (id) => `..%2f${id}`,
  'after a folder': (id) => `./${id}`,
  'after two slashes': (id) => `/${id}`,
  'before a slash': (id) => `${id}/`,
  'before a semicolon': (id) => `${id};user=member`,
  'in a partition': (id) => `user%23member%23${id}`,
  'as a pattern': (id) => `${id.slice(0, 6)}*`,
  'as its beginning': (id) => id.slice(0, -1),
  'with more at its end': (id) => `${id}0`,
  'of 4,000 letters': (id) => id.padEnd(4_000, 'a'),
  'in letters of full width': (id) =>
    encodeURIComponent(id.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))),
  'of a prototype': () => '__proto__',
};

const IDS = ROUTES.filter(
  ({ as, route, namesContent }) =>
    as.includes('member') && namesContent && route.includes(':') && !route.includes('models'),
);

/** @throws if the path names nothing that is stored */
function idIn(path: string, ids: readonly string[]): string {
  const id = path.split(/[/?]/).find((part) => ids.includes(part));
  if (id === undefined) throw new Error(`the path ${path} has none of the IDs ${ids}; give its row one`);
  return id;
}

/** Paths that lead elsewhere. */
const PATHS = [
  '/v1/../admin/v1/members',
  '/v1/%2e%2e/admin/v1/rights/jobs',
  '/v1/..%2fadmin/v1/records',
  '/v1//conversations/',
  '/V1/conversations',
  '/v1/conversations/..',
  '/v1/conversations/%2e%2e/exports',
  '/v1/conversations/.',
  '/v1/files/..%5c..%5cserve.sqlite',
  '/v1/files/%2fetc%2fpasswd/content',
  '/v1/files/file%3a%2f%2f%2fetc%2fpasswd/content',
  '/v1/exports/..%2f..%2fcontent',
  '//evil.example/v1/models',
  '/v1/models#/admin',
  '/admin',
  '/admin/v1',
  '/admin/v1/',
  '/admin/v1/rights/own/../jobs',
  '/admin/v1/rights/own/%2e%2e/jobs',
  '/admin/v1/rights/own/jobs/../../holds',
  '/admin/v1/rights//jobs',
  '/admin/v1/rights/own%2fjobs',
  '/.env',
  '/data/serve.sqlite',
  '/content.sqlite',
  '/metrics',
  '/debug',
  '/v1/%ff',
  '/v1/%',
  `/v1/${'a'.repeat(8_000)}`,
];

const METHODS = ['PUT', 'PATCH', 'TRACE', 'OPTIONS', 'PROPFIND'];

export const PATHS_AND_IDS: AttackTable = {
  title: 'paths and IDs',
  attacks: [
    ...IDS.flatMap(({ route, request }) =>
      Object.entries(FORMS).map(
        ([form, change]): RequestAttack => ({
          name: `${route}: an ID ${form}`,
          request: ({ ids }) => {
            const sent = request(ids);
            const id = idIn(sent.path, Object.values(ids));
            return { ...sent, path: sent.path.replace(id, () => change(id)) };
          },
        }),
      ),
    ),
    ...PATHS.flatMap((path) =>
      (['otherMember', 'auditor', 'none'] as const).map(
        (as): RequestAttack => ({ name: `${as}: ${path.slice(0, 60)}`, request: { as, path }, may: [200] }),
      ),
    ),
    ...METHODS.flatMap((method) =>
      ['/v1/conversations', '/v1/files', '/admin/v1/members', '/admin/v1/rights/jobs'].map(
        (path): RequestAttack => ({ name: `${method} ${path}`, request: { method, path }, may: [204] }),
      ),
    ),
  ],
};
