import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Content } from '../../gateway/content';
import type { FoundFile } from '../../gateway/files/found-file';
import { fileRoutes } from '../files/file-routes';
import { Files } from '../files/files';
import { Leftovers } from '../files/leftovers';
import { uploadRoutes } from '../files/upload-routes';
import { Uploads } from '../files/uploads';
import { promptRoutes } from '../prompts/prompt-routes';
import { Prompts } from '../prompts/prompts';
import type { Vault } from '../vault/vault';
import { Conversations } from './conversations';
import { guarded } from './guarded';
import { Lines } from './lines';
import { ContentObjects } from './objects';
import { Responses } from './responses';
import { Retention } from './retention';
import { conversationRoutes, responseRoutes } from './routes';
import { Seal } from './seal';
import type { Size } from './size';
import { StoredResponses } from './stored-responses';
import { ContentTable } from './table';
import { Turns } from './turns';
import { Windows } from './window';

/** Where a workspace's content is stored, and how. */
export interface ContentOptions {
  readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  readonly bucket: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  readonly vault: Vault;
  /** @default - content is kept until somebody deletes it */
  readonly retentionDays?: number;
  /**
   * What a model is sent of a conversation, its newest part, in estimated tokens and in bytes.
   *
   * @default - 100 000 tokens, which fit every text model of the facts, and 8 MB
   */
  readonly window?: Size;
  /** @default - the clock */
  readonly now?: () => Date;
}

const WINDOW: Size = { tokens: 100_000, bytes: 8_000_000 };

/** What stores the conversations and responses of a workspace's members. */
export function storedContent(options: ContentOptions): Content {
  const { bucket, vault, retentionDays, window = WINDOW, now = () => new Date() } = options;
  const table = new ContentTable(options.table.client, options.table.name, now);
  const objects = new ContentObjects(bucket.client, bucket.name);
  const seal = new Seal(vault, objects);
  const retention = new Retention(retentionDays);
  const lines = new Lines(table, seal, retention, now);
  const windows = new Windows(table, seal, lines);
  const leftovers = new Leftovers(table, objects);
  const fileParts = { table, seal, leftovers, retention, now };
  const files = new Files(fileParts);
  const prompts = new Prompts({ table, seal, files, retention, now });
  const turns = new Turns({
    table,
    lines,
    windows,
    files,
    responses: new Responses(seal, retention),
    retention,
    window,
    now,
  });
  const conversations = new Conversations(table, seal, lines, turns, now);
  return {
    routes: [
      ...conversationRoutes(conversations, files),
      ...responseRoutes(new StoredResponses(table, seal, lines)),
      ...fileRoutes(files),
      ...promptRoutes(prompts),
      ...uploadRoutes(new Uploads(fileParts, files)),
    ],
    file: ({ id: user }, id) => guarded(fileOf(files, user, id)),
    prompt: ({ id: user }, reference) => guarded(prompts.use(user, reference)),
    begin: async ({ id }, wanted, before) => {
      const turn = await guarded(turns.begin(id, wanted, before));
      return {
        ...turn,
        files: new Map([...turn.files].map(([name, file]) => [name, guardedFile(file)])),
        finish: (response, proofs) => guarded(turn.finish(response, proofs)),
      };
    },
  };
}

/** A file whose content is read later, and fails then as everything that is stored. */
const guardedFile = (file: FoundFile): FoundFile => ({ ...file, read: () => guarded(file.read()) });

async function fileOf(files: Files, user: string, id: string): Promise<FoundFile | undefined> {
  const found = await files.find(user, id);
  return found && guardedFile(found);
}
