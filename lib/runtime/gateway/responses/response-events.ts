import { padding } from '../../http/stream/sse';
import type { Finish, ModelEvent } from '../converse/model-event';
import { doneFields } from '../items/done-fields';
import { encodeReasoning } from '../items/reasoning-proof';
import { type OutputItem, type OutputText, type ResponseObject, toResponseUsage } from '../items/response-object';

/** A typed event of a response, numbered in the order of sending. */
export interface ResponseEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

export interface ResponseOptions {
  /** Whether each delta is padded, so that its size reveals nothing. */
  readonly obfuscate: boolean;
  /** Whether a reasoning item includes the provider's proof, which the provider needs to accept it again. */
  readonly includesProofs: boolean;
  /** Whether the proof is stored, included or not. */
  readonly storesProofs: boolean;
}

type ReasoningItem = Extract<OutputItem, { type: 'reasoning' }>;

/** Builds a response from the events of a model, and emits an event for each step. */
export class ResponseMaker {
  private sequence = 0;
  private readonly output: OutputItem[] = [];
  private open: OutputItem | undefined;
  private finish: Finish = 'stop';
  /** Whether the model's last block has ended. Each block of reasoning has its own proof. */
  private blockIsOver = false;
  private readonly proofsById = new Map<string, string>();

  constructor(
    private response: ResponseObject,
    private readonly options: ResponseOptions,
  ) {}

  /** The current response. */
  public get current(): ResponseObject {
    return this.response;
  }

  /** The provider's proofs of its reasoning, by item. */
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
        return this.started({ ...item, id: this.newId('fc') });
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

  /** Completes the response of a model that has ended. */
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

  /** The last event of a complete response. */
  public end(): ResponseEvent[] {
    const incomplete = isIncomplete(this.finish);
    return [this.event(incomplete ? 'response.incomplete' : 'response.completed', { response: this.response })];
  }

  /** The last event of a failed response. */
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
      events.push(...this.started(item));
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
    if (!this.options.includesProofs && !this.options.storesProofs) return [];
    const { item, events } = this.reasoningItem();
    const text = item.summary[0]?.text ?? '';
    const encoded = redacted ? encodeReasoning({ redacted }) : signature && encodeReasoning({ text, signature });
    if (!encoded) return events;
    this.proofsById.set(item.id, encoded);
    if (this.options.includesProofs) item.encrypted_content = encoded;
    return events;
  }

  private reasoningItem(): { item: ReasoningItem; events: ResponseEvent[] } {
    if (this.open?.type === 'reasoning' && !this.blockIsOver) return { item: this.open, events: [] };
    const item: ReasoningItem = { type: 'reasoning', id: this.newId('rs'), status: 'in_progress', summary: [] };
    return { item, events: this.started(item) };
  }

  private arguments(delta: string): ResponseEvent[] {
    if (this.open?.type === 'function_call') this.open.arguments += delta;
    return [this.delta('response.function_call_arguments.delta', delta, {})];
  }

  private started(item: OutputItem): ResponseEvent[] {
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

  /** Unique without further randomness: derived from the response's ID and its number of items. */
  private newId(prefix: string): string {
    return `${prefix}_${this.response.id.replace(/^resp_/, '')}${this.output.length.toString(16).padStart(4, '0')}`;
  }

  private event(type: string, fields: Record<string, unknown>): ResponseEvent {
    return { type, sequence_number: this.sequence++, ...fields };
  }
}

const isIncomplete = (finish: Finish) => finish === 'length' || finish === 'content_filter';

/** A copy, because an item changes after its event, and the event must not. */
const copy = (item: OutputItem) => structuredClone(item);
