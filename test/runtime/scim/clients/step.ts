/** One request of an identity system, and what must come of it. `{name}` in a path or a text is an ID that an earlier step created. */
export interface Step {
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  /** A part of the answer. */
  readonly answer?: object;
  /** The name under which later steps refer to the ID of the answer. */
  readonly as?: string;
}

/** The requests of an identity system, in the forms of its documentation or its source. */
export interface ScimClient {
  readonly name: string;
  /** Where the forms are from, and when they were read. */
  readonly sources: readonly string[];
  readonly contentType: string;
  readonly steps: readonly Step[];
}
