/** A server-sent event; a comment has no data. */
export interface Sent {
  readonly event?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  readonly data?: any;
  readonly comment?: string;
}

/** The events of an answer as they come, by the rules of the standard and no library of the code under test. */
export async function* readSse(response: Response): AsyncGenerator<Sent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.map(parse);
  }
  if (rest !== '') throw new Error('the stream ends in the middle of an event');
}

/** All events of an answer. */
export async function allOf(response: Response): Promise<Sent[]> {
  const events: Sent[] = [];
  for await (const event of readSse(response)) events.push(event);
  return events;
}

function parse(block: string): Sent {
  if (block.startsWith(':')) return { comment: block.slice(1).trim() };
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { event: fields.event, data: fields.data === '[DONE]' ? '[DONE]' : JSON.parse(fields.data ?? '') };
}
