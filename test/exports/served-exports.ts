import { setTimeout as wait } from 'node:timers/promises';
import { toFile } from 'openai';
import type { WorkspaceRole } from '@/lib/local/local-issuer';
import { OperatorFiles } from '@/lib/local/operator-files';
import { movableClock } from '../attacks/targets/clock';
import { ServedWorkspaces } from '../local/support/served-workspaces';
import { docx, paragraph } from '../runtime/conversion/support/documents';
import { HOSTILE } from '../runtime/rights/pages/hostile';

const WORKSPACE = 'sciences';
const RIGHTS = '/admin/v1/rights';
const HAND_OVER_MS = 3 * 86_400_000;
const MOST_ITEMS = 20;

/** The text of an office file. */
export const LETTER = 'a letter';

/** A word in all that another member stores. */
export const OTHERS = 'OTHERS-CANARY';

/** What a member has sent. */
export interface Sent {
  /** By its conversation. */
  readonly said: ReadonlyMap<string, readonly string[]>;
  readonly answers: readonly string[];
  readonly prompt: string;
  /** By its name. */
  readonly files: Readonly<Record<string, Buffer>>;
}

/** `serve` with a workspace in which members store and export content. */
export class ServedExports {
  private readonly served = new ServedWorkspaces();
  private readonly setClock = movableClock();

  public start(): Promise<void> {
    return this.served.start();
  }

  public end(): Promise<void> {
    return this.served.end();
  }

  /** Stores everything that a member can store: hostile texts, and so many items. */
  public async store(items: number): Promise<Sent> {
    const openai = this.served.client(WORKSPACE, 'member');
    const hostile = Object.values(HOSTILE);
    const texts = Array.from({ length: items }, (_, n) => `${n} ${hostile[n % hostile.length]}`);
    const { id: long } = await openai.conversations.create({ metadata: { '<b>topic': hostile[0] ?? '' } });
    for (let at = 0; at < texts.length; at += MOST_ITEMS) {
      const page = texts.slice(at, at + MOST_ITEMS).map((content) => ({ role: 'user' as const, content }));
      await openai.conversations.items.create(long, { items: page });
    }
    const { id: short } = await openai.conversations.create();
    const question = `<script>question</script> ${'x'.repeat(200_000)}`;
    const model = 'assistant';
    const { output_text } = await openai.responses.create({ model, input: question, conversation: short });
    const first = await openai.responses.create({ model, input: 'alone' });
    const second = await openai.responses.create({ model, input: 'and then', previous_response_id: first.id });
    const files = {
      'page.html': Buffer.from('<!doctype html><script>document.title = "run"</script>'),
      'note.txt': Buffer.from('a note'),
      'letter.docx': Buffer.from(docx(paragraph(LETTER))),
    };
    for (const [name, content] of Object.entries(files)) {
      const { id } = await openai.files.create({ file: await toFile(content, name), purpose: 'user_data' });
      await openai.files.waitForProcessing(id, { pollInterval: 100 });
    }
    const prompt = `${hostile[1]} {{name}}`;
    await openai.post('/prompts', { body: { instructions: prompt, name: hostile[4] } });
    const { id: shared } = await openai.post<{ readonly id: string }>('/prompts', {
      body: { instructions: 'x', files: [(await openai.files.list()).data[0]?.id] },
    });
    await openai.post(`/prompts/${shared}/shares`, { body: { group: 'member' } });
    const part = { bytes: 20, filename: '<i>.txt', mime_type: 'text/plain', purpose: 'user_data' as const };
    const { id: upload } = await openai.uploads.create(part);
    await openai.uploads.parts.create(upload, { data: await toFile(Buffer.from('a part of it'), 'piece') });
    const other = this.served.client(WORKSPACE, 'otherMember');
    await other.responses.create({ model, input: OTHERS });
    await other.files.create({ file: await toFile(Buffer.from(OTHERS), `${OTHERS}.txt`), purpose: 'user_data' });
    const said = new Map([
      [long, texts],
      [short, [question]],
    ]);
    return { said, answers: [output_text, first.output_text, second.output_text], prompt, files };
  }

  /** The export that an administrator requested for a member, as the member downloads it. */
  public async exported(user: WorkspaceRole): Promise<Buffer> {
    const id = await this.request({ user });
    await this.settled(id, 'ready');
    return this.download(user, id);
  }

  /** An export of the member that is handed over to another one, as that one downloads it. */
  public async handedOver(): Promise<Buffer> {
    const id = await this.request({ user: 'member', recipient: 'otherMember', reason: 'they have left' });
    await this.settled(id, 'waiting');
    this.setClock(HAND_OVER_MS);
    new OperatorFiles(this.served.data, WORKSPACE).decide('confirmed', id);
    // It reads at its start what an operator confirmed.
    await this.served.restart();
    await this.settled(id, 'ready');
    return this.download('otherMember', id);
  }

  private async request(body: object): Promise<string> {
    const { id } = await this.admin<{ readonly id: string }>('POST', '/exports', body);
    return id;
  }

  private async settled(id: string, expected: string): Promise<void> {
    for (let tries = 0; tries < 1_200; tries++) {
      const { state } = await this.admin<{ readonly state: string }>('GET', `/jobs/${id}`);
      if (state === expected) return;
      await wait(50);
    }
    throw new Error(`the export didn't become '${expected}' within a minute`);
  }

  private async admin<T>(method: string, path: string, body?: object): Promise<T> {
    const { url, tokens } = this.served.of(WORKSPACE);
    const response = await fetch(`${url.replace(/\/v1$/, '')}${RIGHTS}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  private async download(as: WorkspaceRole, id: string): Promise<Buffer> {
    const { url, tokens } = this.served.of(WORKSPACE);
    const response = await fetch(`${url}/exports/${id}`, { headers: { authorization: `Bearer ${tokens[as]}` } });
    if (!response.ok) throw new Error(`the export was refused: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }
}
