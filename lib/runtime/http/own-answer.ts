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

  /** @param fields the headers, by names in lower case */
  constructor(
    private readonly fields: Record<string, string>,
    status?: number,
  ) {
    super(null, status === undefined ? undefined : { status });
  }

  /** The same answer as the platform makes it. */
  protected abstract make(init: ResponseInit): Response;

  private get standard(): Response {
    this.made ??= this.make({ status: this.status, headers: this.fields });
    return this.made;
  }

  /** Sets a header, by its name in lower case. */
  public setHeader(name: string, value: string): void {
    if (this.made === undefined) this.fields[name] = value;
    else this.made.headers.set(name, value);
  }

  /** A copy of the headers. */
  public plainHeaders(): Record<string, string> {
    return this.made === undefined ? { ...this.fields } : Object.fromEntries(this.made.headers);
  }

  public get headers(): Headers {
    return this.standard.headers;
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
    return this.standard.clone();
  }
}

/** The headers of any answer, to change them. */
export const plainHeadersOf = (answer: Response): Record<string, string> =>
  answer instanceof OwnAnswer ? answer.plainHeaders() : Object.fromEntries(answer.headers);
