import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { MAX_FILE_BYTES, type Parsed } from '../../contract/conversion';
import { conversionRow, isExpired } from '../../contract/tables';
import { type ConversionReport, reportObject, textObject } from '../workspace/files/conversion-report';
import { isFileId, partObject } from '../workspace/files/file-keys';
import { isUserId } from '../workspace/keyring/key-store';
import { KeyGone } from '../workspace/keyring/keyring';
import { ContentCipher, isUnreadable } from '../workspace/store/content-cipher';
import type { ContentStores, TableAccess } from '../workspace/store/content-stores';
import { ContentObjects } from '../workspace/store/objects';
import type { Row } from '../workspace/store/row';

/** What happened to a request. One that is withdrawn is of a file that was deleted, or of a member who was erased. */
export type Conversion = 'converted' | 'failed' | 'withdrawn';

/** What converts files. */
export interface ConverterOptions extends Pick<ContentStores, 'bucket' | 'keyring'> {
  /** The table of requests. */
  readonly requests: TableAccess;
  /** Finds the text of a file's content. */
  readonly parse: (content: Uint8Array) => Promise<Parsed>;
  readonly now: () => Date;
}

/**
 * Answers requests for conversions: writes the text of a file, then a report, and then notes in the request that it is answered. So a
 * report stands for a whole text, and a step that is repeated writes the same again. If the request is gone by then, the file was
 * deleted meanwhile, and what was written is deleted too.
 */
export class Converter {
  constructor(private readonly options: ConverterOptions) {}

  /** @throws Error when a store fails; the request is worth another attempt */
  public async convert(user: string, file: string): Promise<Conversion> {
    const request = isUserId(user) && isFileId(file) ? await this.request(user, file) : undefined;
    if (request === undefined) return 'withdrawn';
    const { bucket, keyring } = this.options;
    const objects = new ContentObjects(bucket.client, bucket.name, request.stays?.BOOL !== true);
    const cipher = new ContentCipher(keyring, objects);
    try {
      const parsed = await this.parse(cipher, user, file, request);
      await this.write(cipher, user, file, parsed);
      if (await this.answered(user, file)) return 'failure' in parsed ? 'failed' : 'converted';
    } catch (error) {
      if (error instanceof KeyGone) return 'withdrawn';
      throw error;
    }
    await objects.delete(reportObject(user, file));
    await objects.delete(textObject(user, file));
    return 'withdrawn';
  }

  private async request(user: string, file: string): Promise<Row | undefined> {
    const { client, name: TableName } = this.options.requests;
    const Key = conversionRow(user, file);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item === undefined || Item.answered !== undefined || isExpired(Item, this.options.now()) ? undefined : Item;
  }

  private async parse(cipher: ContentCipher, user: string, file: string, request: Row): Promise<Parsed> {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for (const { S: part = '' } of request.parts?.L ?? []) {
      try {
        pieces.push(await cipher.decryptObject(user, partObject(user, file, part)));
      } catch (error) {
        if (isUnreadable(error)) return { failure: 'damaged' };
        throw error;
      }
      bytes += pieces.at(-1)?.length ?? 0;
      if (bytes > MAX_FILE_BYTES) return { failure: 'too-large' };
    }
    return this.options.parse(Buffer.concat(pieces));
  }

  private async write(cipher: ContentCipher, user: string, file: string, parsed: Parsed): Promise<void> {
    let report: ConversionReport;
    if ('failure' in parsed) report = parsed;
    else {
      const text = Buffer.from(parsed.text);
      await cipher.encryptObject(user, textObject(user, file), text);
      report = { kind: parsed.kind, bytes: text.length, lost: parsed.lost };
    }
    await cipher.encryptObject(user, reportObject(user, file), Buffer.from(JSON.stringify(report)));
  }

  /** Notes that a request is answered; false if it is gone. */
  private async answered(user: string, file: string): Promise<boolean> {
    const { client, name: TableName } = this.options.requests;
    const command = new UpdateItemCommand({
      TableName,
      Key: conversionRow(user, file),
      UpdateExpression: 'SET #answered = :yes',
      ConditionExpression: 'attribute_exists(#pk)',
      ExpressionAttributeNames: { '#answered': 'answered', '#pk': 'pk' },
      ExpressionAttributeValues: { ':yes': { BOOL: true } },
    });
    try {
      await client.send(command);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
