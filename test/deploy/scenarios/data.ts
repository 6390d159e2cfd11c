import assert from 'node:assert/strict';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../harness/aws';
import type { Deployed } from '../harness/deployed';
import { arnOfKey } from '../read-back/arn';
import { WORKSPACE } from '../read-back/context';

const KEY = { pk: { S: 'member#1' }, sk: { S: 'conversation#1' } };
const TEXT = 'stored before everything else';

/** A conversation and a file in the workspace's stores, which must survive every change of the stacks. */
export class Data {
  private readonly table: string;
  private readonly bucket: string;
  private readonly key: string;

  constructor(
    private readonly aws: Aws,
    deployed: Deployed,
  ) {
    this.table = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
    this.bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
    this.key = arnOfKey(deployed, `${WORKSPACE}/Key`);
  }

  public async store(): Promise<void> {
    await this.aws.dynamodb.send(new PutItemCommand({ TableName: this.table, Item: { ...KEY, text: { S: TEXT } } }));
    await this.aws.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'file', Body: TEXT }));
  }

  /** Requires both to be there, and the file to be under the workspace's key although the write named no key. */
  public async requireIntact(): Promise<void> {
    const { Item } = await this.aws.dynamodb.send(new GetItemCommand({ TableName: this.table, Key: KEY }));
    assert.equal(Item?.text?.S, TEXT);
    const object = await this.aws.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'file' }));
    assert.equal(await object.Body?.transformToString(), TEXT);
    assert.equal(object.ServerSideEncryption, 'aws:kms');
    assert.equal(object.SSEKMSKeyId, this.key);
  }
}
