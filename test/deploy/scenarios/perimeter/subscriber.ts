import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfirmSubscriptionCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { Aws } from '../../harness/aws';

interface Delivery {
  readonly Type: string;
  readonly Token?: string;
  readonly Message: string;
}

const DEADLINE_MS = 30_000;

/** A subscriber of a topic, on loopback. */
export class Subscriber {
  private readonly received: Delivery[] = [];

  private constructor(
    private readonly aws: Aws,
    private readonly server: Server,
  ) {}

  private arn = '';

  /** Subscribes and confirms with the token that the topic sends. */
  public static async to(aws: Aws, TopicArn: string): Promise<Subscriber> {
    const server = createServer();
    const subscriber = new Subscriber(aws, server);
    server.on('request', async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      subscriber.received.push(JSON.parse(Buffer.concat(parts).toString()));
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
    const { Token } = await subscriber.first('SubscriptionConfirmation');
    const { SubscriptionArn = '' } = await aws.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    subscriber.arn = SubscriptionArn;
    return subscriber;
  }

  /** The messages so far. */
  public get messages(): readonly string[] {
    return this.received.filter(({ Type }) => Type === 'Notification').map(({ Message }) => Message);
  }

  /** Waits for the first message. */
  public async message(): Promise<string> {
    return (await this.first('Notification')).Message;
  }

  /** Ends the subscription. */
  public async stop(): Promise<void> {
    await this.aws.sns.send(new UnsubscribeCommand({ SubscriptionArn: this.arn }));
    this.server.close();
  }

  private async first(type: string): Promise<Delivery> {
    const startedAt = Date.now();
    for (;;) {
      const found = this.received.find(({ Type }) => Type === type);
      if (found) return found;
      if (Date.now() - startedAt > DEADLINE_MS)
        throw new Error(`the topic has sent no ${type} within ${DEADLINE_MS} ms`);
      await sleep(100);
    }
  }
}
