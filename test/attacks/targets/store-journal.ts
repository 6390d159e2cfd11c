import type { LocalRequest, LocalResponse, LocalService } from '@/lib/local/aws/shared/request-handler';
import { marksIn } from '../../runtime/canary/marks';

/** A write that a store accepted. */
export interface StoreCall {
  readonly operation: string;
  /** The keys of rows or objects, with their table or bucket. */
  readonly keys: readonly string[];
  /** Those of them that were deleted. */
  readonly deleted: readonly string[];
  /** The secret words that the store received in plain text. */
  readonly plain: readonly string[];
}

type Item = Readonly<Record<string, { readonly S?: string }>>;
interface Write {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly isDeletion?: boolean;
}
/** The body of a write, of any operation. */
interface Input extends Write {
  readonly TransactItems?: readonly { readonly Put?: Write; readonly Update?: Write; readonly Delete?: Write }[];
  readonly RequestItems?: Readonly<
    Record<string, readonly { readonly PutRequest?: Write; readonly DeleteRequest?: Write }[]>
  >;
}

/** Notes the writes to stores. */
export class StoreJournal {
  private calls: StoreCall[] = [];

  /** @param disclosing receives what a store was sent in plain text, at once */
  constructor(private readonly disclosing: (found: readonly string[]) => void = () => {}) {}

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
      if (call !== undefined) {
        const plain = marksIn(request.body);
        this.calls.push({ ...call, plain });
        if (plain.length > 0) this.disclosing([`a store received plain text: ${call.operation} ${call.keys}`]);
      }
    }
    return response;
  }
}

function objectWrite({ method, path }: LocalRequest): Omit<StoreCall, 'plain'> | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  const keys = [decodeURIComponent(path)];
  return { operation: method, keys, deleted: method === 'DELETE' ? keys : [] };
}

function rowWrite({ headers, body }: LocalRequest): Omit<StoreCall, 'plain'> | undefined {
  const [operation = ''] = /\w+$/.exec(`${headers['x-amz-target']}`) ?? [];
  if (!/^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation)) return undefined;
  const writes = writesOf(JSON.parse(Buffer.from(body).toString()), operation === 'DeleteItem');
  return { operation, keys: writes.map(keyOf), deleted: writes.filter((write) => write.isDeletion).map(keyOf) };
}

function writesOf(input: Input, isDeletion: boolean): Write[] {
  if (input.TransactItems !== undefined) {
    return input.TransactItems.flatMap(({ Put, Update, Delete }) => [
      ...[Put, Update].flatMap((write) => write ?? []),
      ...(Delete === undefined ? [] : [{ ...Delete, isDeletion: true }]),
    ]);
  }
  if (input.RequestItems === undefined) return [{ ...input, isDeletion }];
  return Object.entries(input.RequestItems).flatMap(([TableName, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) => ({
      TableName,
      ...(PutRequest ?? DeleteRequest),
      isDeletion: DeleteRequest !== undefined,
    })),
  );
}

function keyOf({ TableName, Item, Key }: Write): string {
  const row = Key ?? Item ?? {};
  const parts = [row.pk ?? row['branch-key-id'], row.sk ?? row.type];
  return [TableName, ...parts.map((part) => part?.S)].join(' ');
}
