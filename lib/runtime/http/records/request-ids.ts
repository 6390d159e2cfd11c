/** Receives the ID that a provider gave a call; undefined if it gave none. */
export type NoteRequestId = (id: string | undefined) => void;

/** AWS's IDs are UUIDs, and OpenAI's begin with `req_`. */
const FORM = /^[\w-]{1,64}$/;

/** The provider's IDs of the calls of one attempt. A text of another form isn't recorded, because it could be content. */
export class RequestIds {
  private readonly noted: string[] = [];

  public readonly note: NoteRequestId = (id) => {
    if (id !== undefined && FORM.test(id)) this.noted.push(id);
  };

  /** In the order of the answers; undefined if there are none. */
  public list(): readonly string[] | undefined {
    return this.noted.length > 0 ? this.noted : undefined;
  }
}
