import { ApiError } from '@/lib/runtime/http/api-error';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import type { Deployment } from './deployment/deployment';
import type { Person } from './deployment/people';
import type { Random } from './engine/random';
import { requireOwn } from './model/marks';
import { Killed } from './stores/process';
import { require } from './violation';

/** An answer, or that there was none. */
export interface Answer {
  /** 0 if the connection broke. */
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers have no types
  readonly json: any;
  /** The code of an error. */
  readonly code: string | undefined;
  /** When the request began, in Unix milliseconds. */
  readonly began: number;
  /** Whether the answer tells what was done. */
  readonly isSure: boolean;
  readonly isDone: boolean;
}

/** A file of a form. */
export interface Upload {
  readonly name: string;
  readonly content: string;
  /** @default 'user_data' */
  readonly purpose?: string;
}

const FAILURE = 'a request fails only if a store fails';

const TOKEN_MS = 29 * 86_400_000;
const BOUNDARY = 'boundary-of-the-simulation';

/** Sends requests of people, each with a token of their own, and checks that no answer has content of others. */
export class Client {
  private readonly tokens = new Map<string, { readonly token: string; readonly until: number }>();

  constructor(
    private readonly deployment: Deployment,
    private readonly random: Random,
    /** The owners of texts that an answer to a person may have. */
    private readonly ownersFor: (person: Person, began: number) => readonly string[],
    private readonly log: (text: string) => void,
    /** Whether a request that began then may fail for a reason that isn't the code. */
    private readonly mayFail: (began: number) => boolean,
  ) {}

  /** The person signs in before the next request. */
  public signOut({ id }: Person): void {
    this.tokens.delete(id);
  }

  /** @param owners of further texts that the answer may have */
  public async send(
    person: Person,
    method: string,
    path: string,
    body?: object | Upload,
    owners: readonly string[] = [],
  ): Promise<Answer> {
    const began = Date.now();
    const answer = await this.answered(person, method, path, body);
    const { status, text, code, hasFailed } = answer;
    this.log(`${person.name} ${method} ${path} ${status} ${code ?? ''}`);
    require(!hasFailed || this.mayFail(began), FAILURE, 'an answer', `${status} ${code} for ${method} ${path}`);
    requireOwn(text, [...this.ownersFor(person, began), ...owners], `the answer to ${person.name} ${method} ${path}`);
    return { ...answer, began, isSure: status > 0 && status < 500, isDone: status >= 200 && status < 300 };
  }

  private async answered(person: Person, method: string, path: string, body?: object | Upload) {
    const request = () => new Request(`https://workspace.test${path}`, { method, ...this.parts(person, body) });
    const fetched = async (handler: FetchHandler) => {
      const response = await handler.fetch(request());
      return { status: response.status, text: await response.text() };
    };
    const { administration, gateways } = this.deployment;
    try {
      const { status, text } = path.startsWith('/admin/')
        ? await administration.invoke(fetched)
        : await (this.random.pick(gateways) as (typeof gateways)[number]).invoke(({ api }) => fetched(api));
      const json = parsed(text);
      return { status, text, json, code: json?.error?.code as string | undefined, hasFailed: status >= 500 };
    } catch (error) {
      // A stream that breaks off is no answer either. It may also end because its user is erased meanwhile.
      const isBroken = error instanceof ApiError;
      if (!isBroken && !(error instanceof Killed)) throw error;
      const hasFailed = isBroken && error.status >= 500;
      return { status: 0, text: '', json: undefined, code: isBroken ? error.code : undefined, hasFailed };
    }
  }

  private parts(person: Person, body?: object | Upload): RequestInit {
    const authorization = `Bearer ${this.token(person)}`;
    if (body === undefined) return { headers: { authorization } };
    if (!('content' in body)) {
      return { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    }
    return {
      headers: { authorization, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      body: [
        `--${BOUNDARY}`,
        'Content-Disposition: form-data; name="purpose"',
        '',
        body.purpose ?? 'user_data',
        `--${BOUNDARY}`,
        `Content-Disposition: form-data; name="file"; filename="${body.name}"`,
        'Content-Type: text/plain',
        '',
        body.content,
        `--${BOUNDARY}--`,
        '',
      ].join('\r\n'),
    };
  }

  private token(person: Person): string {
    const known = this.tokens.get(person.id);
    if (known !== undefined && known.until > Date.now()) return known.token;
    const token = this.deployment.tokens.issue(person);
    this.tokens.set(person.id, { token, until: Date.now() + TOKEN_MS });
    return token;
  }
}

function parsed(text: string): Answer['json'] {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
