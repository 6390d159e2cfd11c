/** The members that an answer of our own makes when they are read. */
type Made = 'headers' | 'body' | 'bodyUsed' | 'arrayBuffer' | 'blob' | 'formData' | 'json' | 'text' | 'clone';

/** The types declare members as properties, which a class could not replace by accessors. */
const Base: new (body: null, init?: ResponseInit) => Omit<Response, Made> = Response;

/**
 * An answer of our own APIs, whose content and headers our own servers write without the standard's objects: a body and its headers take
 * ten times as long to make as to send. To everyone else, it is a Response, which is made when it is first read.
 */
export abstract class OwnAnswer extends Base {
  private made: Response | undefined;
  private standardHeaders: Headers | undefined;

  /** @param fields the headers, by names in lower case */
  constructor(
    private readonly fields: Record<string, string>,
    status?: number,
  ) {
    super(null, status === undefined ? undefined : { status });
  }

  /** The same content as the platform makes it. */
  protected abstract make(): Response;

  private get standard(): Response {
    this.made ??= this.make();
    return this.made;
  }

  /** Sets a header, by its name in lower case. */
  public setHeader(name: string, value: string): void {
    if (this.standardHeaders === undefined) this.fields[name] = value;
    else this.standardHeaders.set(name, value);
  }

  /** A copy of the headers. */
  public plainHeaders(): Record<string, string> {
    return this.standardHeaders === undefined ? { ...this.fields } : Object.fromEntries(this.standardHeaders);
  }

  /** To read these makes no body, because a stream would begin to read its source. */
  public get headers(): Headers {
    this.standardHeaders ??= new Headers(this.fields);
    return this.standardHeaders;
  }

  public get body(): Response['body'] {
    return this.standard.body;
  }

  public get bodyUsed(): boolean {
    return this.made?.bodyUsed ?? false;
  }

  public arrayBuffer() {
    return this.standard.arrayBuffer();
  }

  /** Newer versions of Node.js have it. */
  public async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.arrayBuffer());
  }

  public blob() {
    return this.standard.blob();
  }

  public formData(): ReturnType<Response['formData']> {
    return this.standard.formData();
  }

  public json() {
    return this.standard.json();
  }

  public text() {
    return this.standard.text();
  }

  public clone(): Response {
    return new Response(this.standard.clone().body, this as unknown as Response);
  }
}

/** The headers of any answer, to change them. */
export const plainHeadersOf = (answer: Response): Record<string, string> =>
  answer instanceof OwnAnswer ? answer.plainHeaders() : Object.fromEntries(answer.headers);
