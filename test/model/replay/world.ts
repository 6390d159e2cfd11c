import { adminPath } from '@/lib/contract/admin-path';
import type { MemberRole } from '@/lib/contract/roles';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { rightsApi } from '@/lib/runtime/rights/api/rights-api';
import { Refused } from '@/lib/runtime/rights/decisions/refused';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { WORKSPACE } from '@/test/runtime/gateway/support/policies';
import type { RightsProcess } from '@/test/runtime/rights/support/rights-process';
import { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';
import { KeyNumbers } from './key-numbers';
import { People } from './people';
import { SlowProcess } from './slow-process';

/** A tick of the model: longer than a key can be restored, and no multiple of a delay is shorter in ticks than in days. */
export const TICK_MS = 25 * 3_600_000;

/** So long that nothing expires within a trace. */
const RETENTION_DAYS = 3_650;

/** A workspace on local stores, with the people and the clock of a trace. */
export class World {
  public readonly local = new LocalContent();
  public readonly keys = new KeyNumbers(this.local);
  public readonly people = new People();
  public readonly slow = new SlowProcess(this.local.faults);
  /** The jobs and the holds, in the order in which they were requested. */
  public readonly ids: string[] = [];
  public readonly holds: string[] = [];
  private readonly conversations = new Map<string, string[]>();
  private readonly begin = this.local.time;

  constructor(private readonly erasureOfOthers: 'delay' | 'second-person') {}

  public rights(): RightsProcess {
    return this.local.rights({
      rules: rulesOf({ erasureOfOthers: this.erasureOfOthers }),
      roles: this.people,
      retentionDays: RETENTION_DAYS,
    });
  }

  /** A request to the rights API. */
  public async request(by: string, role: MemberRole, method: string, path: string, body?: object): Promise<Response> {
    const api = rightsApi({
      rights: this.rights(),
      onJob: () => {},
      policy: admitPolicy(parsePolicy(JSON.stringify(WORKSPACE))),
      record: () => {},
      now: () => new Date(this.local.time),
      middleware: [
        async (c, next) => {
          c.set('member', { id: by, role });
          await next();
        },
      ],
    });
    const headers = { 'content-type': 'application/json' };
    const url = `https://rights.test${adminPath('rights')}${path}`;
    return api.fetch(new Request(url, { method, headers, body: body && JSON.stringify(body) }));
  }

  /** A gateway in a process without cached keys. */
  public newGateway(): FetchHandler {
    return this.local.gateway({ keyring: this.local.newKeyring(), retentionDays: RETENTION_DAYS });
  }

  /** A request to a gateway. */
  public async ask(
    user: string,
    method: string,
    path: string,
    body?: object,
    gateway = this.newGateway(),
  ): Promise<Response> {
    const headers = { authorization: `Bearer ${user}`, 'content-type': 'application/json' };
    const url = `https://gateway.test${path}`;
    return gateway.fetch(new Request(url, { method, headers, body: body && JSON.stringify(body) }));
  }

  /** What an operator does, who is asked by no API. */
  public async asOperator(id: string): Promise<boolean> {
    try {
      return (await this.rights().confirmAsOperator(id)) !== undefined;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  public async write(user: string): Promise<boolean> {
    const response = await this.ask(user, 'POST', '/v1/conversations', { metadata: { topic: 'x' } });
    const { id } = (await response.json()) as { id: string };
    if (response.ok) this.conversations.set(user, [...this.conversationsOf(user), id]);
    return response.ok;
  }

  public conversationsOf(user: string): readonly string[] {
    return this.conversations.get(user) ?? [];
  }

  public pass(ticks: number): void {
    this.local.time += ticks * TICK_MS;
  }

  /** The tick from which a time has come; -1 for none. A trace begins at tick 1. */
  public readonly ticks = (time: string | number | undefined): number =>
    time === undefined ? -1 : Math.ceil((Number(time) - this.begin) / TICK_MS) + 1;

  public async close(): Promise<void> {
    await this.slow.kill();
    this.local.close();
  }
}
