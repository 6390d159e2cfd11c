import type { LocalRequest, LocalResponse, LocalService } from '@/lib/local/aws/shared/request-handler';
import { marksIn } from '../../runtime/canary/marks';

/** A write that a store accepted. */
export interface StoreCall {
  readonly operation: string;
  /** The keys of rows or objects, with their table or bucket. */
  readonly keys: readonly string[];
  /** The secret words that the store received in plain text. */
  readonly plain: readonly string[];
}

type Item = Readonly<Record<string, { readonly S?: string }>>;
type Write = { readonly TableName?: string; readonly Item?: Item; readonly Key?: Item };

/** Notes the writes to stores. */
export class StoreJournal {
  private calls: StoreCall[] = [];

  /** The writes since the last call. */
  public take(): StoreCall[] {
    const taken = this.calls;
    this.calls = [];
    return taken;
  }

  public readonly wrap = (service: LocalService, name: string): LocalService => ({
    answer: async (request) => this.noted(name, request, await service.answer(request)),
  });

  /** Notes a call with its answer. */
  public noted(name: string, request: LocalRequest, response: LocalResponse): LocalResponse {
    if (response.statusCode < 300) {
      const call = name === 's3' ? objectWrite(request) : name === 'dynamodb' ? rowWrite(request) : undefined;
      if (call !== undefined) this.calls.push({ ...call, plain: marksIn(request.body) });
    }
    return response;
  }
}

function objectWrite({ method, path }: LocalRequest): Omit<StoreCall, 'plain'> | undefined {
  return method === 'GET' || method === 'HEAD' ? undefined : { operation: method, keys: [decodeURIComponent(path)] };
}

function rowWrite({ headers, body }: LocalRequest): Omit<StoreCall, 'plain'> | undefined {
  const [operation = ''] = /\w+$/.exec(`${headers['x-amz-target']}`) ?? [];
  if (!/^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation)) return undefined;
  const writes = writesOf(JSON.parse(Buffer.from(body).toString()));
  return { operation, keys: writes.map(keyOf) };
}

// biome-ignore lint/suspicious/noExplicitAny: the form depends on the operation
function writesOf(input: any): Write[] {
  if (input.TransactItems !== undefined)
    return input.TransactItems.flatMap(({ Put, Update, Delete }: Record<string, Write>) => Put ?? Update ?? Delete ?? []);
  if (input.RequestItems === undefined) return [input];
  return Object.entries(input.RequestItems as Record<string, Record<string, Write>[]>).flatMap(([TableName, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) => ({ TableName, ...(PutRequest ?? DeleteRequest) })),
  );
}

function keyOf({ TableName, Item, Key }: Write): string {
  const row = Key ?? Item ?? {};
  const parts = [row.pk ?? row['branch-key-id'], row.sk ?? row.type];
  return [TableName, ...parts.map((part) => part?.S)].join(' ');
}
