import assert from 'node:assert/strict';
import type OpenAI from 'openai';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { openai } from '../api-gateway/client';
import type { Context } from '../read-back/context';
import type { DeployedApis } from './deployed-apis';
import { ANSWER, QUESTION } from './requests';
import { type BaseUrls, workspaceOf } from './tenants';

interface Written {
  readonly by: string;
  readonly conversation: string;
  /** A conversation that no model is sent. */
  readonly long: string;
  readonly file: string;
}

/** More than fits in a row, so that there is also an object. */
const LONG = 'Kamille '.repeat(60_000);

const says = (content: string) => [{ type: 'message' as const, role: 'user' as const, content }];

/** A member's conversations and files, written and read through any version of the workspace's function. */
export class StoredContent {
  private readonly written: Written[] = [];

  constructor(
    private readonly context: Context,
    private readonly apis: DeployedApis,
    private readonly baseUrls: BaseUrls,
  ) {}

  /** Writes a conversation with a question and its answer, another one with a long item, and a file. */
  public async write(by: string, apiGateway: ApiGateway): Promise<void> {
    const client = this.client(apiGateway);
    const { id: conversation } = await client.conversations.create({ items: says(`written by ${by}`) });
    const { id: long } = await client.conversations.create({ items: says(LONG + by) });
    const answer = await client.responses.create({ model: 'assistant', input: QUESTION, conversation });
    assert.equal(answer.output_text, ANSWER);
    const upload = new File([LONG, by], 'notes.txt', { type: 'text/plain' });
    const { id: file } = await client.files.create({ file: upload, purpose: 'user_data' });
    this.written.push({ by, conversation, long, file });
  }

  /** Requires everything that any version has written to be read, and each conversation to be continued. */
  public async requireOpen(apiGateway: ApiGateway): Promise<string> {
    const client = this.client(apiGateway);
    for (const { by, conversation, long, file } of this.written) {
      const items = async (id: string) =>
        JSON.stringify((await client.conversations.items.list(id, { limit: 100 })).data);
      for (const text of [`written by ${by}`, QUESTION, ANSWER])
        assert.ok((await items(conversation)).includes(text), `${by}: an item is missing`);
      assert.ok((await items(long)).includes(LONG + by), `${by}: the long item is missing`);
      assert.equal(await (await client.files.content(file)).text(), LONG + by);
      const answer = await client.responses.create({ model: 'assistant', input: QUESTION, conversation });
      assert.equal(answer.output_text, ANSWER);
    }
    return this.written.map(({ by }) => by).join(', ');
  }

  /** Requires the first conversation to be readable with a client. */
  public async requireReadableBy(client: OpenAI): Promise<void> {
    const [first] = this.written;
    const { data } = await client.conversations.items.list(first?.conversation ?? '', { limit: 100 });
    assert.ok(JSON.stringify(data).includes(`written by ${first?.by}`));
  }

  private client(apiGateway: ApiGateway) {
    const { baseUrl, caller } = workspaceOf(this.context, this.apis, this.baseUrls);
    return openai(baseUrl, apiGateway.port, caller);
  }
}
