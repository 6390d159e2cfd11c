import { text } from 'node:stream/consumers';
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { queryFault } from './dynamodb-answers';
import { type Credentials, Signer } from './signature';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';
import { WrongAnswer } from './wrong-answer';

type RequestHandler = Pick<NodeHttpHandler, 'handle'>;
type Command = BatchGetItemCommand | GetItemCommand | QueryCommand | UpdateItemCommand;

/** The longest wait before the first repetition. It doubles with each. */
const WAIT_MS = 100;

/** The failures that a table reports and that go by themselves. */
const THROTTLED: readonly string[] = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
];

/** The failure that a table reported. Its text is discarded, because it can quote the request. */
class TableFailure extends Error {
  constructor(
    public override readonly name: string,
    public readonly status: number,
  ) {
    super('the table answered with a failure');
  }
}

/**
 * Reads and updates single items, as each request of a gateway does, and reads partitions. The SDK's client takes several times the
 * processor time for a call, which was more than everything else that a request takes, and a third of the time in which a gateway is
 * imported. This one has the settings of `dynamodbClient`, knows four operations, and supports only texts and numbers: binary values
 * stay in base64.
 *
 * @param attempts the most calls for one command; 1 where a repetition would count twice
 */
export function itemClient(
  region: string,
  endpoint: string,
  credentials: Credentials,
  requestHandler: RequestHandler = storeHandler(),
  attempts: number = STORE_SETTINGS.maxAttempts,
): Pick<DynamoDBClient, 'send'> {
  const { protocol, hostname, host, port } = new URL(endpoint);
  const signer = new Signer('dynamodb', region, credentials);
  const send = async (command: Command): Promise<unknown> => {
    const body = Buffer.from(JSON.stringify(command.input));
    const given = {
      host,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': `${body.length}`,
      'x-amz-target': `DynamoDB_20120810.${operationOf(command)}`,
    };
    for (let attempt = 1; ; attempt++) {
      const headers = await signer.sign('/', given, body);
      const request = {
        method: 'POST',
        protocol,
        hostname,
        port: port ? Number(port) : undefined,
        path: '/',
        headers,
        body,
      };
      try {
        return checked(command, await answered(requestHandler, request));
      } catch (error) {
        if (attempt === attempts || !mayPass(error)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * WAIT_MS * 2 ** (attempt - 1)));
    }
  };
  return { send: send as DynamoDBClient['send'] };
}

function operationOf(command: Command): string {
  if (command instanceof GetItemCommand) return 'GetItem';
  if (command instanceof QueryCommand) return 'Query';
  if (command instanceof UpdateItemCommand) return 'UpdateItem';
  if (command instanceof BatchGetItemCommand) return 'BatchGetItem';
  throw new Error(
    'the client of items knows only BatchGetItem, GetItem, Query and UpdateItem; use dynamodbClient for other operations',
  );
}

/** Refuses rows that were not asked for, as `dynamodbClient` does. */
function checked(command: Command, output: unknown): unknown {
  const found = command instanceof QueryCommand ? queryFault(command.input, output as QueryCommandOutput) : undefined;
  if (found !== undefined) throw new WrongAnswer('Query', found);
  return output;
}

async function answered(requestHandler: RequestHandler, request: object): Promise<unknown> {
  const { response } = await requestHandler.handle(request as Parameters<RequestHandler['handle']>[0]);
  const body = await text(response.body);
  if (response.statusCode === 200) return JSON.parse(body);
  throw new TableFailure(nameIn(body), response.statusCode);
}

/** The name of a failure follows its namespace. */
function nameIn(body: string): string {
  try {
    const { __type: type } = JSON.parse(body) as { __type?: unknown };
    return `${type}`.replace(/^.*#/, '');
  } catch {
    return 'UnknownFailure';
  }
}

/** Whether a call may succeed at another try: it was throttled, the table failed, or the connection did. */
const mayPass = (error: unknown): boolean =>
  error instanceof TableFailure
    ? error.status >= 500 || THROTTLED.includes(error.name)
    : !(error instanceof WrongAnswer);
