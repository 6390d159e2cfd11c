import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { dynamodbClient } from '@/lib/runtime/aws/dynamodb-client';

/** A DynamoDB on loopback with the real protocol and a deployment's table. */
export class LocalTable {
  public readonly name = 'exemple-keys';
  private readonly server = dynalite({ createTableMs: 0 });
  private own: DynamoDBClient | undefined;

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The gateway's own client. */
  public get client(): DynamoDBClient {
    this.own ??= dynamodbClient('eu-central-1', this.url, { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' });
    return this.own;
  }

  public async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    await this.client.send(
      new CreateTableCommand({
        TableName: this.name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    const isActive = async () =>
      (await this.client.send(new DescribeTableCommand({ TableName: this.name }))).Table?.TableStatus === 'ACTIVE';
    while (!(await isActive())) await new Promise((resolve) => setTimeout(resolve, 5));
    return this;
  }

  public async stop(): Promise<void> {
    this.client.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
