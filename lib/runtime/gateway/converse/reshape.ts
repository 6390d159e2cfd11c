import type { ModelEvent } from './model-event';

/** Changes the events of one answer as they arrive. */
export type Reshape = (event: ModelEvent) => readonly ModelEvent[];

/** Leaves out reasoning, and with it the proof, which contains the same text: Bedrock's guardrails don't check it. */
export const withoutReasoning: Reshape = (event) =>
  event.type === 'reasoning' || event.type === 'reasoning-proof' ? [] : [event];

/** Turns the call of the answer tool into the answer's text. The model's other text is left out. */
export function answerAsText(tool: string): Reshape {
  let inAnswer = false;
  let called = false;
  return (event) => {
    switch (event.type) {
      case 'tool-call':
        inAnswer = event.name === tool;
        called ||= !inAnswer;
        return inAnswer ? [] : [event];
      case 'tool-arguments':
        return inAnswer ? [{ type: 'text', delta: event.delta }] : [event];
      case 'text':
        return [];
      case 'block-end':
        inAnswer = false;
        return [event];
      case 'end':
        return [event.finish === 'tool_calls' && !called ? { type: 'end', finish: 'stop' } : event];
      default:
        return [event];
    }
  };
}

/** Passes on only the first tool call of a turn: the client answers it, and the model may then call again. */
export function firstCallOnly(): Reshape {
  let calls = 0;
  let hidden = false;
  return (event) => {
    if (event.type === 'tool-call') hidden = ++calls > 1;
    const drop =
      hidden && (event.type === 'tool-call' || event.type === 'tool-arguments' || event.type === 'block-end');
    if (event.type === 'block-end') hidden = false;
    return drop ? [] : [event];
  };
}
