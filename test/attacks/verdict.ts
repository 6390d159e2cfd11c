import { marksIn } from '../runtime/canary/marks';
import type { RequestAttack } from './attack';
import type { Seen, Sent } from './target';
import { SENT_WORD } from './words';

/** What one request may use. */
const MOST = { bytes: 400e6, ms: 5_000 };

/** A token of a user, or a key of a project. */
const CREDENTIAL = /eyJ[\w-]+\.eyJ[\w-]+\.|\beu(?:r|dev)_[\w-]+\.[\w-]{20,}/;

/** A row or an object of the attacked member. */
const OF_MEMBER = /(?:user#|rights#|sciences\/|content\/)member(?![\w-])/;

/** What a request did that no attack may ever do. */
export function violations({ may = [], mayChange = false }: Omit<RequestAttack, 'name' | 'request'>, sent: Sent, seen: Seen): string[] {
  const { status, headers, body, lines, writes, contacts, ms, bytes } = seen;
  const isRefused = status >= 400 && status < 500;
  const answer = `${headers}\n${body}`;
  const isOther = sent.as !== 'member';
  const changed = writes.filter(({ keys }) => keys.some((key) => OF_MEMBER.test(key)));
  const plain = writes.filter((call) => call.plain.length > 0);
  const found: (readonly [boolean, string])[] = [
    [!isRefused && !may.includes(status), `was answered ${status}: ${body.slice(0, 200)}`],
    [isOther && marksIn(answer).length > 0, 'the answer contains content of the member'],
    [!isRefused || !answer.toLowerCase().includes(SENT_WORD) ? false : true, `the refusal repeats the request: ${body.slice(0, 300)}`],
    [CREDENTIAL.test(answer), 'the answer contains a credential'],
    [lines.some((line) => marksIn(line).length > 0), 'a log contains content of the member'],
    [lines.some((line) => line.toLowerCase().includes(SENT_WORD)), 'a log repeats the request'],
    [isOther && !mayChange && changed.length > 0, `it changed ${changed.map(({ operation, keys }) => `${operation} ${keys}`)}`],
    [plain.length > 0, `a store received plain text: ${plain.map(({ operation, keys }) => `${operation} ${keys}`)}`],
    [contacts.length > 0, `it contacted ${contacts}`],
    [ms > MOST.ms, `it used ${Math.round(ms)} ms of processor time`],
    [bytes > MOST.bytes, `its process used ${Math.round(bytes / 1e6)} MB`],
  ];
  return found.filter(([is]) => is).map(([, what]) => what);
}
