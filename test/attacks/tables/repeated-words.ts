import type { AttackTable, RequestAttack } from '../attack';
import { ROUTES, type RouteRow } from '../routes';
import type { Sender } from '../target';
import { SENT_WORD } from '../words';

/** The word in the forms that a check might let through. */
const WORDS = [SENT_WORD, `${SENT_WORD.toUpperCase()}'\n::set-output name=x::{{${SENT_WORD}}}`];

/** The pool of the tests makes a user's ID, which records contain, of their name. */
const NAMES_AN_ID = 'POST /admin/v1/members: body.name,';

/** Users are named in records: their IDs are no content. */
const IDS_IN_RECORDS = new Set(['user', 'recipient']);

/** Every body in which the word is one value, one name or one more field, with the place of the change. */
function* changed(value: unknown, word: string, place = 'body'): Generator<[place: string, body: unknown]> {
  if (IDS_IN_RECORDS.has(place.replace(/^.*\./, ''))) return;
  yield [place, word];
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      for (const [where, one] of changed(item, word, `${place}[${at}]`)) yield [where, value.with(at, one)];
    }
  } else if (typeof value === 'object' && value !== null) {
    yield [`${place} with one more field`, { ...value, [word]: 1 }];
    for (const [name, inner] of Object.entries(value)) {
      for (const [where, one] of changed(inner, word, `${place}.${name}`)) yield [where, { ...value, [name]: one }];
    }
  }
}

/** The senders with the role of a route. */
const SENDER: Readonly<Record<string, Sender>> = { member: 'otherMember', admin: 'admin', auditor: 'auditor' };

const NONE = '0'.repeat(44);
const NO_IDS = {
  conversation: `conv_${NONE}`,
  item: `msg_${NONE}`,
  response: `resp_${NONE}`,
  responseItem: `msg_${NONE}`,
  inputTokens: 'input_tokens' as const,
  file: `file-${NONE}`,
  upload: `upload_${NONE}`,
  part: `part_${NONE}`,
  prompt: `prompt_${NONE}`,
  key: `key_${NONE}`,
  apiKey: '',
  share: `shpmpt_${NONE}`,
  export: `export_${NONE}`,
  batchFile: `file-${NONE}`,
  batch: `batch_${NONE}`,
  background: `resp_${NONE}`,
};

/** Deeper places are read by the same checks, so one form is enough there. */
const IS_SHALLOW = /^body(?:\.\w+)?(?: with one more field)?$/;

const inBodies = ({ route, as, request }: RouteRow): RequestAttack[] => {
  const body = request(NO_IDS).body;
  if (body === undefined || Buffer.isBuffer(body)) return [];
  return WORDS.flatMap((word, form) =>
    [...changed(body, word)]
      .filter(([place]) => form === 0 || IS_SHALLOW.test(place))
      .map(([place]) => ({
        name: `${route}: ${place}, form ${form + 1}`,
        request: ({ own }) => {
          const sent = request(own);
          const [, one] = [...changed(sent.body, word)].find(([where]) => where === place) ?? [];
          return { ...sent, as: SENDER[as[0] ?? ''], body: one as object };
        },
        may: [200, 201, 202],
        mayChange: as[0] === 'admin',
      })),
  );
};

/** The word in the query, the path, a header and the method of each route. */
const around = ({ route, as, request }: RouteRow): RequestAttack[] => {
  const [word = ''] = WORDS;
  const sender = SENDER[as[0] ?? ''];
  const places: Readonly<Record<string, (path: string) => object>> = {
    'a query': (path) => ({ path: `${path.split('?')[0]}?${word}=${word}` }),
    'a limit': (path) => ({ path: `${path.split('?')[0]}?limit=${word}` }),
    'an order': (path) => ({ path: `${path.split('?')[0]}?order=${word}` }),
    'a page': (path) => ({ path: `${path.split('?')[0]}?after=${word}` }),
    'a content type': () => ({ headers: [['Content-Type', `text/${word}`]] }),
    'the ID of the request': () => ({ headers: [['X-Request-Id', word]] }),
    'the end of the path': (path) => ({ path: `${path.split('?')[0]}/${word}` }),
    'the method': () => ({ method: word.toUpperCase() }),
  };
  return Object.entries(places).map(([place, change]) => ({
    name: `${route}: ${place}`,
    request: ({ own }) => {
      const sent = request(own);
      // A body that is valid would change what other attacks need.
      return { ...sent, ...(sent.method !== 'GET' && { body: '{}', headers: [] }), as: sender, ...change(sent.path) };
    },
    may: [200, 201, 202],
  }));
};

/** Refusals, logs and records may not repeat what a client sent. */
export const REPEATED_WORDS: AttackTable = {
  title: 'errors and logs that repeat the request',
  attacks: ROUTES.filter(
    ({ route }) => !/^DELETE|\/(?:disable|enable|sign-out|release|confirm|cancel|own\/erasures)$/.test(route),
  ).flatMap((row) => [...inBodies(row).filter(({ name }) => !name.startsWith(NAMES_AN_ID)), ...around(row)]),
};
