import type { ModelEvent } from '../converse/model-event';

/** A block of an answer, as it begins. */
export type AnswerBlock =
  | { readonly type: 'text'; text: string; readonly citations: null }
  | { readonly type: 'thinking'; thinking: string; signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; input: unknown };

/** A piece of a block. */
export type Delta =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'thinking_delta'; readonly thinking: string }
  | { readonly type: 'signature_delta'; readonly signature: string }
  | { readonly type: 'input_json_delta'; readonly partial_json: string };

export type BlockStep =
  | { readonly at: 'start'; readonly block: AnswerBlock }
  | { readonly at: 'delta'; readonly delta: Delta }
  | { readonly at: 'stop' };

/** Turns a model's events into blocks, each of which begins and ends. */
export class AnswerBlocks {
  private open: AnswerBlock['type'] | undefined;

  /**
   * @param showsReasoning whether the client requests reasoning. If it doesn't, a block of reasoning holds only the proof with which it is
   * sent back, and no proof means no block.
   */
  constructor(private readonly showsReasoning: boolean) {}

  public steps(event: ModelEvent): BlockStep[] {
    switch (event.type) {
      case 'text':
        return [
          ...this.within({ type: 'text', text: '', citations: null }),
          step({ type: 'text_delta', text: event.delta }),
        ];
      case 'reasoning':
        if (!this.showsReasoning) return [];
        return [...this.within(emptyThinking()), step({ type: 'thinking_delta', thinking: event.delta })];
      case 'reasoning-proof':
        return this.proof(event);
      case 'tool-call':
        return this.begin({ type: 'tool_use', id: event.id, name: event.name, input: {} });
      case 'tool-arguments':
        return [step({ type: 'input_json_delta', partial_json: event.delta })];
      case 'block-end':
      case 'end':
        return this.end();
      case 'usage':
        return [];
    }
  }

  private proof({ signature, redacted }: Extract<ModelEvent, { type: 'reasoning-proof' }>): BlockStep[] {
    if (redacted) return [...this.begin({ type: 'redacted_thinking', data: redacted }), ...this.end()];
    return [...this.within(emptyThinking()), step({ type: 'signature_delta', signature: signature ?? '' })];
  }

  private within(block: AnswerBlock): BlockStep[] {
    return this.open === block.type ? [] : this.begin(block);
  }

  private begin(block: AnswerBlock): BlockStep[] {
    const before = this.end();
    this.open = block.type;
    return [...before, { at: 'start', block }];
  }

  private end(): BlockStep[] {
    if (this.open === undefined) return [];
    this.open = undefined;
    return [{ at: 'stop' }];
  }
}

const emptyThinking = (): AnswerBlock => ({ type: 'thinking', thinking: '', signature: '' });

const step = (delta: Delta): BlockStep => ({ at: 'delta', delta });
