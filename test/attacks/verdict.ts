import { marksIn } from '../runtime/canary/marks';
import type { RequestAttack } from './attack';
import type { Seen, Sent } from './target';
import { PEOPLE } from './targets/senders';
import { SENT_WORD } from './words';

/** What one request may use. */
const MOST = { bytes: 400e6, ms: 5_000 };

/** A key of a project. */
const KEY = /\beu(?:r|dev)_[\w-]+\.[\w-]{20,}/;
/** A key of a member, with its member. */
const MEMBER_KEY = /\beu(?:dev|r)m_([\w-]+)\.key_/g;
/** A token of a user, with its claims. */
const TOKEN = /eyJ[\w-]+\.(eyJ[\w-]+)\./g;

/** A row or an object of the attacked member. */
const OF_MEMBER = /(?:user#|rights#|sciences\/|content\/)member(?![\w-])/;

/** A row or an object of the member whose content is on hold. */
const ON_HOLD = /(?:user#|rights#|sciences\/|content\/)held(?![\w-])/;

/** What a job notes until it is over. By then, its answers are stored like those of any request. */
const OF_JOB = / (?:running|batchline)#/;

/** What a request did that no attack may ever do. */
export function violations(
  { may = [], codes, refusals, mayChange = false }: Omit<RequestAttack, 'name' | 'request'>,
  sent: Sent,
  seen: Seen,
): string[] {
  const { status, headers, body, lines, writes, contacts, ms } = seen;
  const isRefused = status >= 400 && status < 500;
  const answer = `${headers}\n${body}`;
  const isOther = sent.as !== 'member' && !(typeof sent.by === 'object' && sent.by.id === 'member');
  const changed = writes.filter(({ keys }) => keys.some((key) => OF_MEMBER.test(key)));
  const plain = writes.filter((call) => call.plain.length > 0);
  const removed = writes.flatMap(({ deleted }) => deleted.filter((key) => ON_HOLD.test(key) && !OF_JOB.test(key)));
  const found: (readonly [boolean, string])[] = [
    [!isRefused && !may.includes(status), `was answered ${status}: ${body.slice(0, 200)}`],
    [
      isRefused && !(isRight(codeOf(body), codes) && (refusals?.includes(status) ?? true)),
      `was refused for another reason: ${status} ${body.slice(0, 200)}`,
    ],
    [isOther && marksIn(answer).length > 0, 'the answer contains content of the member'],
    [isRefused && answer.toLowerCase().includes(SENT_WORD), `the refusal repeats the request: ${body.slice(0, 300)}`],
    [
      KEY.test(answer) ||
        tokenOwners(answer).some((id) => id in PEOPLE) ||
        keyOwners(answer).some((id) => id !== senderOf(sent)),
      'the answer contains a credential of another person',
    ],
    [lines.some((line) => marksIn(line).length > 0), 'a log contains content of the member'],
    [lines.some((line) => line.toLowerCase().includes(SENT_WORD)), 'a log repeats the request'],
    [
      isOther && !mayChange && changed.length > 0,
      `it changed ${changed.map(({ operation, keys }) => `${operation} ${keys}`)}`,
    ],
    [plain.length > 0, `a store received plain text: ${plain.map(({ operation, keys }) => `${operation} ${keys}`)}`],
    [removed.length > 0, `it removed what is on hold: ${removed}`],
    [contacts.length > 0, `it contacted ${contacts}`],
    [ms > MOST.ms, `it used ${Math.round(ms)} ms of processor time`],
  ];
  return found.filter(([is]) => is).map(([, what]) => what);
}

/**
 * That an attack used too much memory. Only what raised the peak counts: all later attacks see the same one.
 *
 * @param before the peak before the attack, in bytes
 */
export const overMemory = (before: number, peak: number): string[] =>
  peak > MOST.bytes && peak > before ? [`its process used ${Math.round(peak / 1e6)} MB`] : [];

/** The code of a refusal, in the form of any API. */
const codeOf = (body: string): string | undefined => /"code":"(\w+)"/.exec(body)?.[1];

/** Only an erased member's content is erased: another sender who gets this code attacks nothing any more. */
const isRight = (code: string | undefined, codes: readonly string[] | undefined): boolean =>
  codes === undefined ? code !== 'content_erased' : code !== undefined && codes.includes(code);

/** The users whose tokens an answer contains. */
const tokenOwners = (answer: string): string[] =>
  [...answer.matchAll(TOKEN)].map(([, claims = '']) => JSON.parse(Buffer.from(claims, 'base64url').toString()).sub);

/** The members whose keys an answer contains. */
const keyOwners = (answer: string): string[] => [...answer.matchAll(MEMBER_KEY)].map(([, id = '']) => id);

/** The person who sends a request with a token. */
const senderOf = ({ as = 'otherMember', by }: Sent): string => (typeof by === 'object' ? by.id : as);
