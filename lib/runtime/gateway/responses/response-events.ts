import type { Finish, ModelEvent } from '../converse/model-event';
import { doneFields } from '../items/done-fields';
import { sealReasoning } from '../items/reasoning-proof';
import { type OutputItem, type OutputText, type ResponseObject, toResponseUsage } from '../items/response-object';
import { padding } from '../request/sse';

/** A typed event of a response, numbered in the order in which it is sent. */
export interface ResponseEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

export interface ResponseOptions {
  /** Whether each delta is padded, so that its size says nothing. */
  readonly obfuscate: boolean;
  /** Whether a reasoning item carries what its provider needs to take it back. */
  readonly sealed: boolean;
  /** Whether that is kept, carried or not. */
  readonly keptProofs: boolean;
}

type ReasoningItem = Extract<OutputItem, { type: 'reasoning' }>;

/** Makes a response out of what a model does, and tells each step as an event. */
export class ResponseMaker {
  private sequence = 0;
  private readonly output: OutputItem[] = [];
  private open: OutputItem | undefined;
  private finish: Finish = 'stop';
  /** Whether the model has ended what it did last; another piece of its reasoning has a proof of its own. */
  private blockIsOver = false;
  private readonly proofsById = new Map<string, string>();

  constructor(
    private response: ResponseObject,
    private readonly options: ResponseOptions,
  ) {}

  /** The response as it is now. */
  public get current(): ResponseObject {
    return this.response;
  }

  /** What the provider needs to take its reasoning back, by the item. */
  public get proofs(): ReadonlyMap<string, string> {
    return this.proofsById;
  }

  public begin(): ResponseEvent[] {
    return [
      this.event('response.created', { response: this.response }),
      this.event('response.in_progress', { response: this.response }),
    ];
  }

  public take(event: ModelEvent): ResponseEvent[] {
    switch (event.type) {
      case 'text':
        return this.text(event.delta);
      case 'reasoning':
        return this.reasoning(event.delta);
      case 'reasoning-proof':
        return this.proof(event);
      case 'tool-call': {
        const { id, name } = event;
        const item = { type: 'function_call', status: 'in_progress', call_id: id, name, arguments: '' } as const;
        return this.begun({ ...item, id: this.newId('fc') });
      }
      case 'tool-arguments':
        return this.arguments(event.delta);
      case 'end':
        this.finish = event.finish;
        return this.close(isIncomplete(event.finish) ? 'incomplete' : 'completed');
      case 'usage':
        this.response = { ...this.response, usage: toResponseUsage(event.usage) };
        return [];
      case 'block-end':
        this.blockIsOver = true;
        return [];
    }
  }

  /** Completes the response of a model that came to an end. */
  public complete(now: Date): void {
    const incomplete = isIncomplete(this.finish);
    const reason = this.finish === 'length' ? 'max_output_tokens' : 'content_filter';
    this.response = {
      ...this.response,
      status: incomplete ? 'incomplete' : 'completed',
      completed_at: incomplete ? null : Math.floor(now.getTime() / 1000),
      incomplete_details: incomplete ? { reason } : null,
      output: this.output,
    };
  }

  /** The last event of a response that is complete. */
  public end(): ResponseEvent[] {
    const incomplete = isIncomplete(this.finish);
    return [this.event(incomplete ? 'response.incomplete' : 'response.completed', { response: this.response })];
  }

  /** The last event of a response that failed. */
  public fail(message: string): ResponseEvent[] {
    if (this.open !== undefined) this.open.status = 'incomplete';
    this.response = {
      ...this.response,
      status: 'failed',
      completed_at: null,
      incomplete_details: null,
      error: { code: 'server_error', message },
      output: this.output,
    };
    return [this.event('response.failed', { response: this.response })];
  }

  private text(delta: string): ResponseEvent[] {
    const events: ResponseEvent[] = [];
    let item = this.open;
    if (item?.type !== 'message') {
      item = { type: 'message', id: this.newId('msg'), status: 'in_progress', role: 'assistant', content: [] };
      events.push(...this.begun(item));
      const part: OutputText = { type: 'output_text', text: '', annotations: [], logprobs: [] };
      events.push(this.event('response.content_part.added', { ...this.where(), content_index: 0, part: { ...part } }));
      item.content.push(part);
    }
    for (const part of item.content) part.text += delta;
    return [...events, this.delta('response.output_text.delta', delta, { content_index: 0, logprobs: [] })];
  }

  private reasoning(delta: string): ResponseEvent[] {
    const { item, events } = this.reasoningItem();
    const [part] = item.summary;
    if (part === undefined) {
      item.summary.push({ type: 'summary_text', text: delta });
      const empty = { type: 'summary_text', text: '' };
      events.push(
        this.event('response.reasoning_summary_part.added', { ...this.where(), summary_index: 0, part: empty }),
      );
    } else {
      part.text += delta;
    }
    return [...events, this.delta('response.reasoning_summary_text.delta', delta, { summary_index: 0 })];
  }

  private proof({ signature, redacted }: Extract<ModelEvent, { type: 'reasoning-proof' }>): ResponseEvent[] {
    if (!this.options.sealed && !this.options.keptProofs) return [];
    const { item, events } = this.reasoningItem();
    const text = item.summary[0]?.text ?? '';
    const sealed = redacted ? sealReasoning({ redacted }) : signature && sealReasoning({ text, signature });
    if (!sealed) return events;
    this.proofsById.set(item.id, sealed);
    if (this.options.sealed) item.encrypted_content = sealed;
    return events;
  }

  private reasoningItem(): { item: ReasoningItem; events: ResponseEvent[] } {
    if (this.open?.type === 'reasoning' && !this.blockIsOver) return { item: this.open, events: [] };
    const item: ReasoningItem = { type: 'reasoning', id: this.newId('rs'), status: 'in_progress', summary: [] };
    return { item, events: this.begun(item) };
  }

  private arguments(delta: string): ResponseEvent[] {
    if (this.open?.type === 'function_call') this.open.arguments += delta;
    return [this.delta('response.function_call_arguments.delta', delta, {})];
  }

  private begun(item: OutputItem): ResponseEvent[] {
    const closed = this.close('completed');
    this.open = item;
    this.blockIsOver = false;
    this.output.push(item);
    return [
      ...closed,
      this.event('response.output_item.added', { output_index: this.output.length - 1, item: copy(item) }),
    ];
  }

  private close(status: 'completed' | 'incomplete'): ResponseEvent[] {
    const item = this.open;
    if (item === undefined) return [];
    item.status = status;
    const at = this.where();
    const events = doneFields(item).map(([type, fields]) => this.event(type, { ...at, ...fields }));
    events.push(this.event('response.output_item.done', { output_index: this.output.length - 1, item: copy(item) }));
    this.open = undefined;
    return events;
  }

  private delta(type: string, delta: string, fields: Record<string, unknown>): ResponseEvent {
    const obfuscation = this.options.obfuscate ? { obfuscation: padding(delta.length) } : {};
    return this.event(type, { ...this.where(), ...fields, delta, ...obfuscation });
  }

  private where() {
    return { item_id: this.open?.id, output_index: this.output.length - 1 };
  }

  /** Unique without another source of randomness: the response's own id, and how many items it has. */
  private newId(prefix: string): string {
    return `${prefix}_${this.response.id.replace(/^resp_/, '')}${this.output.length.toString(16).padStart(4, '0')}`;
  }

  private event(type: string, fields: Record<string, unknown>): ResponseEvent {
    return { type, sequence_number: this.sequence++, ...fields };
  }
}

const isIncomplete = (finish: Finish) => finish === 'length' || finish === 'content_filter';

/** An item changes after it was told of, and what was told must not. */
const copy = (item: OutputItem) => structuredClone(item);
