import type { OutputItem } from './response-object';

type Done = readonly [type: string, fields: Readonly<Record<string, unknown>>];

/** The events for the parts of a complete item, which precede the event that the item itself is done. */
export function doneFields(item: OutputItem): Done[] {
  switch (item.type) {
    case 'function_call':
      return [['response.function_call_arguments.done', { name: item.name, arguments: item.arguments }]];
    case 'message':
      return item.content.flatMap((part): Done[] => [
        ['response.output_text.done', { content_index: 0, text: part.text, logprobs: [] }],
        ['response.content_part.done', { content_index: 0, part: { ...part } }],
      ]);
    case 'reasoning':
      return item.summary.flatMap((part): Done[] => [
        ['response.reasoning_summary_text.done', { summary_index: 0, text: part.text }],
        ['response.reasoning_summary_part.done', { summary_index: 0, part: { ...part } }],
      ]);
  }
}
