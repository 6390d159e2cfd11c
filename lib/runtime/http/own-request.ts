/** The members that an own request has at once, or makes when they are read. */
type Made =
  | 'method'
  | 'url'
  | 'headers'
  | 'signal'
  | 'body'
  | 'bodyUsed'
  | 'arrayBuffer'
  | 'blob'
  | 'formData'
  | 'json'
  | 'text'
  | 'clone';

/** A request as a server received it. */
export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** The whole body if it is in memory, or the function that begins to read it. A GET or HEAD has none. */
  readonly content?: Uint8Array | (() => ReadableStream<Uint8Array>);
  /** @default - the client can't leave */
  readonly signal?: AbortSignal;
}

/** The methods that a web-standard request can't have. */
const FORBIDDEN: readonly string[] = ['CONNECT', 'TRACE', 'TRACK'];

/** Without the constructor of Request, which takes longer than the rest of a request. */
const Base = class {} as new () => Omit<Request, Made>;
Object.setPrototypeOf(Base.prototype, Request.prototype);

/**
 * A request that one of our own servers received. Our own readers use its bytes. To everyone else, it is a Request, which is made when its
 * body is first read.
 */
export class OwnRequest extends Base {
  public readonly method: string;
  public readonly url: string;
  public readonly headers: Headers;
  /** The whole body, if it is in memory. */
  public readonly content: Uint8Array | undefined;
  private made: Request | undefined;
  private ownSignal: AbortSignal | undefined;

  /** @throws if the method or the URL has an invalid form */
  constructor(private readonly parts: RequestParts) {
    super();
    const { method, url, headers, content } = parts;
    if (FORBIDDEN.includes(method)) throw new TypeError('a method that no request can have');
    this.method = method;
    this.url = new URL(url).href;
    this.headers = headers;
    this.content = content instanceof Uint8Array ? content : undefined;
  }

  /** The same request to another URL. */
  public at(url: string): OwnRequest {
    return new OwnRequest({ ...this.parts, url });
  }

  /** The same request as the platform makes it. */
  public get standard(): Request {
    this.made ??= this.make();
    return this.made;
  }

  private make(): Request {
    const { content } = this.parts;
    const { url, method, headers, signal } = this;
    const body = typeof content === 'function' ? content() : content;
    return new Request(url, { method, headers, body, duplex: 'half', signal } as RequestInit);
  }

  public get signal(): AbortSignal {
    this.ownSignal ??= this.parts.signal ?? new AbortController().signal;
    return this.ownSignal;
  }

  public get body(): Request['body'] {
    return this.parts.content === undefined ? null : this.standard.body;
  }

  public get bodyUsed(): boolean {
    return this.made?.bodyUsed ?? false;
  }

  public arrayBuffer() {
    return this.standard.arrayBuffer();
  }

  public blob() {
    return this.standard.blob();
  }

  public formData(): ReturnType<Request['formData']> {
    return this.standard.formData();
  }

  public json() {
    return this.standard.json();
  }

  public text() {
    return this.standard.text();
  }

  public clone(): Request {
    return this.standard.clone();
  }
}

/** The members that nothing here uses: what a constructor of another Request reads, and what newer versions of Node.js add. */
for (const name of Object.getOwnPropertyNames(Request.prototype)) {
  if (Object.hasOwn(OwnRequest.prototype, name)) continue;
  Object.defineProperty(OwnRequest.prototype, name, {
    get(this: OwnRequest) {
      const { standard } = this;
      const value = Reflect.get(standard, name);
      return typeof value === 'function' ? value.bind(standard) : value;
    },
  });
}
